using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>Which segment an account is in, and when it will be in another though nothing happens to it. Pure.</summary>
internal static class Segments
{
    /// <summary>How many instants are looked at for one that changes the segment; the last of them is when to look again.</summary>
    private const int LookAhead = 64;

    /// <summary>The segments of a tenant that has said nothing: every account is in exactly one of them.</summary>
    public static IReadOnlyList<SegmentRule> Default { get; } =
    [
        new() { Name = "NEW", Constraints = [Where("counters.orders", ConstraintOp.Lt, "1")] },
        new() { Name = "LOYAL", Constraints = [Where("counters.orders", ConstraintOp.Gte, "10"), Where("header.lastOrder", ConstraintOp.Gt, "-P60D")] },
        new() { Name = "ACTIVE", Constraints = [Where("header.lastOrder", ConstraintOp.Gt, "-P60D")] },
        new() { Name = "AT_RISK", Constraints = [Where("header.lastOrder", ConstraintOp.Gt, "-P180D")] },
        new() { Name = "LOST" },
    ];

    /// <summary>The first segment that fits; null if none does.</summary>
    public static string? Of(IReadOnlyList<SegmentRule> rules, Account account, DateTimeOffset now) =>
        rules.FirstOrDefault(rule => rule.Constraints.AllHold(account, now))?.Name;

    /// <summary>
    /// The next instant, in whole milliseconds, at which time alone moves the account to another segment; null if it never does. Note: where
    /// very many instants may matter it can be one that changes nothing, never one that comes too late.
    /// </summary>
    public static DateTimeOffset? DueAt(IReadOnlyList<SegmentRule> rules, Account account, DateTimeOffset now)
    {
        var today = Of(rules, account, now);
        DateTimeOffset[] turns = [.. Turns(rules, account).Where(turn => turn > now).Distinct().Order().Take(LookAhead)];
        var next = Array.FindIndex(turns, turn => Of(rules, account, turn) != today);
        return next >= 0 ? turns[next] : turns.Length == LookAhead ? turns[^1] : null;
    }

    /// <summary>The account in its segment, with the time at which to look again.</summary>
    public static Account Place(IReadOnlyList<SegmentRule> rules, Account account, DateTimeOffset now)
    {
        var (segment, due) = (Of(rules, account, now), DueAt(rules, account, now));
        return segment == account.Segment && due == account.SegmentDue ? account : account with { Segment = segment, SegmentDue = due };
    }

    /// <summary>The instants at which a comparison with a duration can turn.</summary>
    private static IEnumerable<DateTimeOffset> Turns(IReadOnlyList<SegmentRule> rules, Account account)
    {
        foreach (var constraint in rules.SelectMany(rule => rule.Constraints))
            if (constraint.Op != ConstraintOp.Exists && Field(constraint.Field, account.Header) is { } field)
                foreach (var length in constraint.Value.Select(ConstraintEvaluation.ReadDuration).OfType<TimeSpan>())
                    foreach (var turn in Turns(field, length))
                        yield return turn;
    }

    /// <summary>
    /// Instants compare in milliseconds: a field stands before "that far from now" until it is equal to it, for one millisecond, and then after.
    /// Note: "that far from now" may also leave the calendar, or come into it; then it can no longer be compared, or from then on.
    /// </summary>
    private static IEnumerable<DateTimeOffset> Turns(DateTimeOffset field, TimeSpan length)
    {
        var equal = (Int128)DateTimeOffset.FromUnixTimeMilliseconds(field.ToUnixTimeMilliseconds()).UtcTicks - length.Ticks;
        Int128[] turns = [equal, equal + TimeSpan.TicksPerMillisecond, (Int128)DateTimeOffset.MaxValue.Ticks - length.Ticks + 1, -(Int128)length.Ticks];
        return from ticks in turns
               let whole = (ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond
               where ticks > 0 && whole < DateTimeOffset.MaxValue.Ticks
               select new DateTimeOffset((long)whole, TimeSpan.Zero);
    }

    private static DateTimeOffset? Field(string name, AccountHeader header) => name switch
    {
        "header.created" => header.Created,
        "header.lastOrder" => header.LastOrder,
        _ => null,
    };

    private static Constraint Where(string field, ConstraintOp op, string value) => new() { Field = field, Op = op, Value = [value] };
}
