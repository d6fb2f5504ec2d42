using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Web;

namespace Loyalty.Accounts;

/// <summary>A loyalty member as the API shows it.</summary>
internal sealed record AccountAnswer
{
    /// <summary>Unique in the tenant, <c>[a-zA-Z0-9._-]{3,64}</c>.</summary>
    public required string Id { get; init; }

    public string? Card { get; init; }

    /// <summary>The member-get-member code: whoever joins with it is related to this account.</summary>
    public required string Mgm { get; init; }

    public required AccountHeader Header { get; init; }

    public required Consents Consents { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Those of the tags that the tenant's settings list as important.</summary>
    public required IReadOnlyList<string> ImportantTags { get; init; }

    /// <summary>Venues where the member has ordered.</summary>
    public required IReadOnlyList<string> Venues { get; init; }

    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary><c>orders</c>, <c>total</c>, <c>wallet</c>, <c>invited</c> (members) and <c>invitedActive</c> (those of them with an order that counts) are kept by the platform, the others come from COUNTERS events and campaigns.</summary>
    public required IReadOnlyDictionary<string, decimal> Counters { get; init; }

    public required IReadOnlyList<Relation> Relations { get; init; }

    /// <summary>Orders that are not paid yet.</summary>
    public required IReadOnlyList<OrderSummary> OpenedOrders { get; init; }

    /// <summary>The newest 10 orders that were paid or have ended.</summary>
    public required IReadOnlyList<OrderSummary> PreviousOrders { get; init; }

    /// <summary>Codes of coupons that may still be used.</summary>
    public required IReadOnlyList<string> Coupons { get; init; }

    public required IReadOnlyList<CampaignPosition> Campaigns { get; init; }

    /// <summary>The first of the tenant's segments that fits.</summary>
    public string? Segment { get; init; }

    private static readonly FieldList<Account, AccountAnswer> Fields = new(list => list
        .Map(answer => answer.Consents, account => new Consents { Scope = ConsentScope.Account, Values = account.Consents })
        .Ignore(answer => answer.ImportantTags));

    public static AccountAnswer Of(Account account, LoyaltySettings settings) =>
        Fields.Of(account) with { ImportantTags = [.. account.Tags.Intersect(settings.ImportantTags)] };
}
