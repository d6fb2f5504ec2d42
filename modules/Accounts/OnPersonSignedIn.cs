using Loyalty.Auth;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Accounts;

/// <summary>A person who signs in has an account from then on.</summary>
internal sealed class OnPersonSignedIn(IInbox inbox) : INotificationHandler<PersonSignedIn>
{
    public Task Handle(PersonSignedIn person, CancellationToken cancellationToken) => inbox.AppendAsync(
        [NewEntry.Once(person.Tenant, new LoginEvent { Account = person.PersonId }, person.At, person.PersonId)], cancellationToken);
}
