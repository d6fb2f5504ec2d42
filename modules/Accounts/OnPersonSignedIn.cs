using Loyalty.Auth;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Accounts;

/// <summary>A person who signs in has an account from then on.</summary>
internal sealed class OnPersonSignedIn(IInbox inbox) : INotificationHandler<PersonSignedIn>
{
    public Task Handle(PersonSignedIn person, CancellationToken cancellationToken) => inbox.AppendAsync(
        [NewEntry.Internal(person.Tenant, $"login:{Guid.NewGuid():N}", "LOGIN", person.PersonId, person.At, new LoginEvent { Account = person.PersonId })],
        cancellationToken);
}
