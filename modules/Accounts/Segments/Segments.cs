using Loyalty.Accounts.Contracts;
using Loyalty.Time;

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
    public static string? Of(IReadOnlyList<SegmentRule> rules, Account account, DateTimeOffset now, Zone zone) =>
        rules.FirstOrDefault(rule => rule.Constraints.AllHold(account, now, zone))?.Name;

    /// <summary>
    /// The next instant, in whole milliseconds, at which time alone moves the account to another segment; null if it never does. Note: where
    /// very many instants may matter it can be one that changes nothing, never one that comes too late.
    /// </summary>
    public static DateTimeOffset? DueAt(IReadOnlyList<SegmentRule> rules, Account account, DateTimeOffset now, Zone zone)
    {
        var today = Of(rules, account, now, zone);
        DateTimeOffset[] turns = [.. rules.SelectMany(rule => rule.Constraints).TurnsOf(account, zone).Where(turn => turn > now).Distinct().Order().Take(LookAhead)];
        var next = Array.FindIndex(turns, turn => Of(rules, account, turn, zone) != today);
        return next >= 0 ? turns[next] : turns.Length == LookAhead ? turns[^1] : null;
    }

    /// <summary>The account in its segment, with the time at which to look again.</summary>
    public static Account Place(IReadOnlyList<SegmentRule> rules, Account account, DateTimeOffset now, Zone zone)
    {
        var (segment, due) = (Of(rules, account, now, zone), DueAt(rules, account, now, zone));
        return segment == account.Segment && due == account.SegmentDue ? account : account with { Segment = segment, SegmentDue = due };
    }

    private static Constraint Where(string field, ConstraintOp op, string value) => new() { Field = field, Op = op, Value = [value] };
}
