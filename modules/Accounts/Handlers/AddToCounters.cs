using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>COUNTERS adds to counters.</summary>
internal sealed class AddToCounters : AccountEventHandler<CountersEvent>
{
    protected override Account Apply(Account account, CountersEvent happened, DateTimeOffset at) => account.Counting(happened.Counters);
}
