using Loyalty.Auth;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Accounts;

/// <summary>A member's time for coming back is over: the account is erased. Heard again after a crash, it is the same entry.</summary>
internal sealed class OnPersonLeft(IInbox inbox) : INotificationHandler<PersonLeft>
{
    public Task Handle(PersonLeft person, CancellationToken cancellationToken) => inbox.PostAsync(
        [NewEntry.Of(person.Tenant, person.PersonId, new DeletedEvent { Account = person.PersonId }, person.At, person.PersonId)], cancellationToken);
}

/// <summary>A member has come back, and says which consents hold from then on.</summary>
internal sealed class OnPersonRestored(IInbox inbox) : INotificationHandler<PersonRestored>
{
    private const string Given = "true";
    private const string Withdrawn = "false";

    public async Task Handle(PersonRestored person, CancellationToken cancellationToken)
    {
        var said = person.SetConsents.Select(name => (name, value: Given)).Concat(person.UnsetConsents.Select(name => (name, value: Withdrawn)))
            .GroupBy(consent => consent.name, consent => consent.value).ToDictionary(consent => consent.Key, consent => consent.Last());
        if (said.Count == 0)
            return;
        var body = new ConsentsEvent { Account = person.PersonId, Consents = new Consents { Scope = ConsentScope.Account, Values = said } };
        var sender = new Sender(person.PersonId, IsPerson: true) { TokenIssuedAt = person.TokenIssuedAt };
        await inbox.PostAsync([NewEntry.Once(person.Tenant, body, person.At, person.PersonId) with { Sender = sender }], cancellationToken);
    }
}
