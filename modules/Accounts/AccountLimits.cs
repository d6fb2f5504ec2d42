using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>
/// How much an account may hold, so that it stays small. Pure. Orders are never refused: their oldest venues and opened orders
/// drop out instead (<see cref="OrderLife"/>).
/// </summary>
internal static class AccountLimits
{
    private static readonly Limit[] Limits =
    [
        new("tags", 256, account => account.Tags.Count),
        new("properties", 256, account => account.Properties.Count),
        new("counters", 256, account => account.Counters.Count),
        new("consents", 256, account => account.Consents.Count),
        new("relations", 1000, account => account.Relations.Count),
    ];

    /// <summary>Why an event may not change the account like that; null if it may. Note: what is beyond a limit already may stay or shrink.</summary>
    public static EntryProblem? Fault(Account before, Account after, LoyaltyEvent cause) =>
        Array.Find(Limits, limit => limit.Count(after) > limit.Most && limit.Count(after) > limit.Count(before)) is not { } broken
            ? null
            : EntryProblem.OfField(
                FieldOf(cause, broken.What), $"An account has at most {broken.Most} {broken.What}; {after.Id} would have {broken.Count(after)}.", "account_limit", 409);

    private static string FieldOf(LoyaltyEvent cause, string what) => cause switch
    {
        PropertiesEvent when what == "tags" => "addTags",
        RelationEvent => "id",
        ProfileEvent => "invitedBy",
        WalletEvent => "amount",
        _ => what,
    };

    private sealed record Limit(string What, int Most, Func<Account, int> Count);
}
