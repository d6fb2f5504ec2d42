using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>CARD binds a card to the account.</summary>
internal sealed class BindCard : AccountEventHandler<CardEvent>
{
    protected override Account Apply(Account account, CardEvent happened, DateTimeOffset at) => account;

    protected override Task AppliedAsync(Pass pass, Account account, CardEvent happened, Inviters inviters) =>
        base.AppliedAsync(pass, Members.BindCard(pass, account, happened.Card!), happened, inviters);
}
