namespace Loyalty.Stats;

/// <summary>What happened in a campaign, on one day or altogether.</summary>
internal sealed record CampaignFigures
{
    public static readonly CampaignFigures None = new();

    /// <summary>How often accounts joined: with <c>rejoin</c>, and on birthdays, an account joins more than once.</summary>
    public long Joins { get; init; }

    /// <summary>Accounts that joined for the first time.</summary>
    public long Members { get; init; }

    /// <summary>Accounts whose walk ended, however it did.</summary>
    public long Exits { get; init; }

    /// <summary>By state, how many accounts finished it; states that nobody finished are left out.</summary>
    public IReadOnlyDictionary<string, long> Finished { get; init; } = new Dictionary<string, long>();

    /// <summary>By state, how many accounts finished it for the first time.</summary>
    public IReadOnlyDictionary<string, long> Converted { get; init; } = new Dictionary<string, long>();

    public long CouponsGiven { get; init; }

    /// <summary>Uses of coupons, less those taken back by a cancelled order, on the day of the cancellation.</summary>
    public long CouponsUsed { get; init; }

    /// <summary>What the used coupons cost, where their state says what one costs, in the tenant's currency.</summary>
    public decimal Cost { get; init; }

    public long CouponsExpired { get; init; }

    /// <summary>Orders that counted in an ORDER state, less those cancelled while the state waited, on the day of the cancellation.</summary>
    public long Orders { get; init; }

    /// <summary>The value of those orders, in the tenant's currency.</summary>
    public decimal OrdersTotal { get; init; }

    public long MessagesReceived { get; init; }

    public long NotificationsSent { get; init; }

    /// <summary>What WALLET states have given, in the tenant's currency.</summary>
    public decimal CreditGiven { get; init; }

    /// <summary>What of it was spent, less what came back from cancelled and unpaid orders, on the day of that.</summary>
    public decimal CreditSpent { get; init; }

    /// <summary>What of it has ended unspent.</summary>
    public decimal CreditExpired { get; init; }

    /// <summary>What of it was taken back, because orders that had earned it were cancelled or refunded.</summary>
    public decimal CreditTakenBack { get; init; }

    /// <summary>By push, how many accounts clicked it.</summary>
    public IReadOnlyDictionary<string, long> Clicks { get; init; } = new Dictionary<string, long>();

    /// <summary>By state, which share of the accounts has finished it, to four decimals; empty where nobody joined.</summary>
    public IReadOnlyDictionary<string, decimal> Conversion() => Members == 0
        ? new Dictionary<string, decimal>()
        : Converted.ToDictionary(state => state.Key, state => Math.Round((decimal)state.Value / Members, 4, MidpointRounding.AwayFromZero));
}
