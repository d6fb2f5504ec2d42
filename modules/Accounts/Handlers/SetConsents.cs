using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>CONSENTS carries consents, which every event may, and nothing else.</summary>
internal sealed class SetConsents : AccountEventHandler<ConsentsEvent>
{
    protected override Account Apply(Account account, ConsentsEvent happened, DateTimeOffset at) => account;
}
