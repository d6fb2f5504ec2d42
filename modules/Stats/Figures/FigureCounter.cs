using Loyalty.Campaigns.Contracts;

namespace Loyalty.Stats;

/// <summary>Counts facts into figures, and adds figures up.</summary>
internal sealed class FigureCounter
{
    private readonly Dictionary<CampaignFactKind, long> counts = [];
    private readonly SortedDictionary<string, long> finished = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> clicks = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> converted = new(StringComparer.Ordinal);
    private readonly Dictionary<CampaignFactKind, decimal> credit = [];
    private decimal total;
    private decimal cost;

    public CampaignFigures Figures => new()
    {
        Joins = Of(CampaignFactKind.Joined),
        Members = Of(CampaignFactKind.MemberJoined),
        Converted = new SortedDictionary<string, long>(converted, StringComparer.Ordinal),
        Cost = Normal(cost),
        Exits = Of(CampaignFactKind.Left),
        Finished = new SortedDictionary<string, long>(finished, StringComparer.Ordinal),
        CouponsGiven = Of(CampaignFactKind.CouponGiven),
        CouponsUsed = Of(CampaignFactKind.CouponUsed) - Of(CampaignFactKind.CouponFreed),
        CouponsExpired = Of(CampaignFactKind.CouponExpired),
        Orders = Of(CampaignFactKind.OrderQualified) - Of(CampaignFactKind.OrderDisqualified),
        OrdersTotal = Normal(total),
        CreditGiven = CreditOf(CampaignFactKind.CreditGiven),
        CreditSpent = CreditOf(CampaignFactKind.CreditSpent),
        CreditExpired = CreditOf(CampaignFactKind.CreditExpired),
        CreditTakenBack = CreditOf(CampaignFactKind.CreditTakenBack),
        MessagesReceived = Of(CampaignFactKind.MessageReceived),
        NotificationsSent = Of(CampaignFactKind.NotificationSent),
        Clicks = new SortedDictionary<string, long>(clicks, StringComparer.Ordinal),
    };

    /// <summary>How many facts have been counted.</summary>
    public long Facts { get; private set; }

    public static FigureCounter From(CampaignFigures figures) => new FigureCounter().Add(figures);

    public FigureCounter Count(IEnumerable<Fact> facts)
    {
        foreach (var fact in facts)
            Count(fact.Kind, fact.State, fact.Amount);
        return this;
    }

    /// <param name="state">The state, or the push that was clicked.</param>
    /// <param name="amount">The value of all of them together.</param>
    public FigureCounter Count(CampaignFactKind kind, string? state, decimal? amount, long times = 1)
    {
        Facts += times;
        Add(kind, times);
        if (kind == CampaignFactKind.StateFinished)
            Add(finished, state ?? "", times);
        if (kind == CampaignFactKind.MemberFinished)
            Add(converted, state ?? "", times);
        if (kind is CampaignFactKind.CouponUsed or CampaignFactKind.CouponFreed)
            cost += amount ?? 0;
        if (kind == CampaignFactKind.PushClicked)
            Add(clicks, state ?? "", times);
        if (kind is CampaignFactKind.OrderQualified or CampaignFactKind.OrderDisqualified)
            total += amount ?? 0;
        if (kind is CampaignFactKind.CreditGiven or CampaignFactKind.CreditSpent or CampaignFactKind.CreditExpired or CampaignFactKind.CreditTakenBack)
            AddCredit(kind, amount ?? 0);
        return this;
    }

    public FigureCounter Add(CampaignFigures figures)
    {
        Add(CampaignFactKind.Joined, figures.Joins);
        Add(CampaignFactKind.MemberJoined, figures.Members);
        Add(CampaignFactKind.Left, figures.Exits);
        Add(CampaignFactKind.CouponGiven, figures.CouponsGiven);
        Add(CampaignFactKind.CouponUsed, figures.CouponsUsed);
        Add(CampaignFactKind.CouponExpired, figures.CouponsExpired);
        Add(CampaignFactKind.OrderQualified, figures.Orders);
        Add(CampaignFactKind.MessageReceived, figures.MessagesReceived);
        Add(CampaignFactKind.NotificationSent, figures.NotificationsSent);
        foreach (var (state, times) in figures.Finished)
            Add(finished, state, times);
        foreach (var (push, times) in figures.Clicks)
            Add(clicks, push, times);
        foreach (var (state, times) in figures.Converted)
            Add(converted, state, times);
        total += figures.OrdersTotal;
        cost += figures.Cost;
        AddCredit(CampaignFactKind.CreditGiven, figures.CreditGiven);
        AddCredit(CampaignFactKind.CreditSpent, figures.CreditSpent);
        AddCredit(CampaignFactKind.CreditExpired, figures.CreditExpired);
        AddCredit(CampaignFactKind.CreditTakenBack, figures.CreditTakenBack);
        return this;
    }

    private void AddCredit(CampaignFactKind kind, decimal amount) => credit[kind] = credit.GetValueOrDefault(kind) + amount;

    private decimal CreditOf(CampaignFactKind kind) => Normal(credit.GetValueOrDefault(kind));

    /// <summary>Note: without zeros at the end, and without the sign that a decimal's zero may have, so that the same amount is written in the same way however it was added up.</summary>
    private static decimal Normal(decimal amount) => amount == 0 ? 0 : amount / 1.0000000000000000000000000000m;

    private void Add(CampaignFactKind kind, long times) => counts[kind] = Of(kind) + times;

    private static void Add(SortedDictionary<string, long> map, string key, long times) => map[key] = map.GetValueOrDefault(key) + times;

    private long Of(CampaignFactKind kind) => counts.GetValueOrDefault(kind);
}
