using MediatR;

namespace Loyalty.Auth;

/// <summary>Erases those whose time for coming back is over.</summary>
internal sealed class DueLeavers(People people, ErasePerson erase, IMediator mediator, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var person in await people.DueAsync(time.GetUtcNow(), cancellation))
            await LeaveAsync(person, cancellation);
    }

    public async Task LeaveAsync(Person person, CancellationToken cancellation)
    {
        await mediator.Publish(new PersonLeft(person.Tenant, person.Id, time.GetUtcNow()), cancellation);
        await erase.RunAsync(person.Tenant, person.Id, cancellation);
    }
}
