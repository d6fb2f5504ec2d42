using System.Net;
using MediatR;

namespace Loyalty.Auth;

/// <summary>Login and password, wherever they are given: counted, looked at in their turn, and told to the modules when a member is in.</summary>
internal sealed class PasswordCheck(People people, Attempts attempts, IMediator mediator, TimeProvider time)
{
    /// <returns>The person, if all is right; how long to wait, if there were too many attempts.</returns>
    public async Task<(Person? Person, TimeSpan? Wait)> TryAsync(
        string tenant, string login, string password, IPAddress? address, CancellationToken cancellation)
    {
        var key = Person.KeyOf(tenant, login);
        if (await attempts.TryAsync(key, address, cancellation) is { } wait)
            return (null, wait);
        if (await people.CheckAsync(tenant, login, password, $"{tenant} {Network.Of(address)}", cancellation) is not { } person)
            return (null, null);
        await attempts.SucceededAsync(key, address, cancellation);
        if (person.IsMember && person.DeleteAfter is null)
            await mediator.Publish(PersonSignedIn.Of(person, time.GetUtcNow()), cancellation);
        return (person, null);
    }
}
