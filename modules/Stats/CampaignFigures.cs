using Loyalty.Campaigns.Contracts;

namespace Loyalty.Stats;

/// <summary>What happened in a campaign, on one day or altogether.</summary>
internal sealed record CampaignFigures
{
    /// <summary>Accounts that joined.</summary>
    public long Joins { get; init; }

    /// <summary>Accounts whose walk ended, however it did.</summary>
    public long Exits { get; init; }

    /// <summary>By state, how many accounts finished it.</summary>
    public required IReadOnlyDictionary<string, long> Finished { get; init; }

    public long CouponsGiven { get; init; }

    /// <summary>Uses of coupons, less those taken back by a cancelled order.</summary>
    public long CouponsUsed { get; init; }

    public long CouponsExpired { get; init; }

    /// <summary>Orders that counted in an ORDER state, less those cancelled while the state waited.</summary>
    public long Orders { get; init; }

    /// <summary>The value of those orders, in the tenant's currency.</summary>
    public decimal OrdersTotal { get; init; }

    public long MessagesReceived { get; init; }
}

/// <summary>Counts facts.</summary>
internal sealed class FigureCounter
{
    private readonly Dictionary<CampaignFactKind, long> counts = [];
    private readonly SortedDictionary<string, long> finished = new(StringComparer.Ordinal);
    private decimal total;

    public void Count(Fact fact)
    {
        counts[fact.Kind] = Of(fact.Kind) + 1;
        if (fact is { Kind: CampaignFactKind.StateFinished, State: { } state })
            finished[state] = finished.GetValueOrDefault(state) + 1;
        if (fact.Kind is CampaignFactKind.OrderQualified or CampaignFactKind.OrderDisqualified)
            total += fact.Amount ?? 0;
    }

    public CampaignFigures Figures => new()
    {
        Joins = Of(CampaignFactKind.Joined),
        Exits = Of(CampaignFactKind.Left),
        Finished = finished,
        CouponsGiven = Of(CampaignFactKind.CouponGiven),
        CouponsUsed = Of(CampaignFactKind.CouponUsed) - Of(CampaignFactKind.CouponFreed),
        CouponsExpired = Of(CampaignFactKind.CouponExpired),
        Orders = Of(CampaignFactKind.OrderQualified) - Of(CampaignFactKind.OrderDisqualified),
        OrdersTotal = total,
        MessagesReceived = Of(CampaignFactKind.MessageReceived),
    };

    private long Of(CampaignFactKind kind) => counts.GetValueOrDefault(kind);
}
