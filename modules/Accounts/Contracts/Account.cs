using Loyalty.Events.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts.Contracts;

/// <summary>
/// One loyalty member of a tenant, as stored in <c>accounts.accounts</c>. Other modules read it; what they may do to it are the named changes of
/// <see cref="AccountChanges"/>.
/// </summary>
public sealed record Account : IPassDocument
{
    [BsonId]
    public string Key { get; internal init; } = "";

    [BsonIgnore]
    string IPassDocument.Id => Key;

    public long LastPass { get; init; }

    public string Tenant { get; internal init; } = "";

    public string Id { get; internal init; } = "";

    /// <summary>
    /// A random name for this life of the account. Facts carry it instead of the id; when the account is erased, nothing
    /// leads from it to a person any more, and a later account with the same id gets another.
    /// </summary>
    public string Incarnation { get; internal init; } = "";

    /// <summary>The incarnations of accounts that were merged into this one: what was kept under them is this one's.</summary>
    public IReadOnlyList<string> FormerIncarnations { get; internal init; } = [];

    public string? Card { get; internal init; }

    public string Mgm { get; internal init; } = "";

    public AccountHeader Header { get; internal init; } = new();

    /// <summary>When each field of the header was last said, so that an older event never overwrites a newer value.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> HeaderSaid { get; internal init; } = new Dictionary<string, DateTimeOffset>();

    public IReadOnlyDictionary<string, string> Consents { get; internal init; } = new Dictionary<string, string>();

    /// <summary>When each consent was last given or withdrawn.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> ConsentsSaid { get; internal init; } = new Dictionary<string, DateTimeOffset>();

    public IReadOnlyList<string> Tags { get; internal init; } = [];

    /// <summary>When each tag was last set or removed; of removed ones the newest 256.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> TagsSaid { get; internal init; } = new Dictionary<string, DateTimeOffset>();

    public IReadOnlyList<string> Venues { get; internal init; } = [];

    public IReadOnlyDictionary<string, string> Properties { get; internal init; } = new Dictionary<string, string>();

    /// <summary>When each property was last set or removed; of removed ones the newest 256.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> PropertiesSaid { get; internal init; } = new Dictionary<string, DateTimeOffset>();

    public IReadOnlyDictionary<string, decimal> Counters { get; internal init; } = new Dictionary<string, decimal>();

    public IReadOnlyList<Relation> Relations { get; internal init; } = [];

    public IReadOnlyList<OrderSummary> OpenedOrders { get; internal init; } = [];

    /// <summary>The newest 10 orders that counted or ended; older ones live on in the counters.</summary>
    public IReadOnlyList<OrderSummary> PreviousOrders { get; internal init; } = [];

    /// <summary>Codes of coupons that are not used up, expired or void.</summary>
    public IReadOnlyList<string> Coupons { get; internal init; } = [];

    public IReadOnlyList<CampaignPosition> Campaigns { get; internal init; } = [];

    /// <summary>Credits of which something is left, what ends first in front. The counter <c>wallet</c> is their sum.</summary>
    public IReadOnlyList<WalletLot> Lots { get; internal init; } = [];

    /// <summary>When the next credit ends. Note: stored, but worked out anew whenever the account is.</summary>
    [BsonElement("walletDue")]
    public DateTimeOffset? WalletDue => Lots.Min(lot => lot.Ends);

    /// <summary>The first of the tenant's segments that fits.</summary>
    public string? Segment { get; internal init; }

    /// <summary>When it will be in another segment though nothing happens; null if time alone does not move it.</summary>
    public DateTimeOffset? SegmentDue { get; internal init; }

    /// <summary>What lists find the account by. Note: stored, but worked out anew whenever the account is, so that it is never stale.</summary>
    [BsonElement("search")]
    public IReadOnlyList<string> Search => SearchKeys.Of(this);

    /// <summary>The header's phone as a number, such as <c>+48600100200</c>.</summary>
    public string? PhoneNumber { get; internal init; }

    /// <summary>Month and day of birth, <c>MM-dd</c>. Note: stored, but worked out anew whenever the account is.</summary>
    [BsonElement("birthday")]
    public string? Birthday => Header.Birthdate is { } day ? $"{day:MM-dd}" : null;

    /// <summary>Set when the account was erased: nothing else is left of it, and that only until then.</summary>
    public DateTimeOffset? ExpireAt { get; internal init; }

    /// <summary>When an account of this id was erased last; the one that came after it knows it, too.</summary>
    public DateTimeOffset? ErasedAt { get; internal init; }

    [BsonIgnore]
    public bool IsErased => ExpireAt is not null;

    /// <summary>What stays of an erased account for a while, so that a write that comes late finds it gone.</summary>
    public static Account Tombstone(string key, DateTimeOffset erasedAt, DateTimeOffset expireAt) => new()
    {
        Key = key,
        ErasedAt = erasedAt,
        ExpireAt = expireAt,
    };

    public decimal Counter(string name) => Counters.GetValueOrDefault(name);
}

/// <summary>What is known of the person, and when they were last seen.</summary>
public sealed record AccountHeader
{
    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? PushId { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public DateOnly? Birthdate { get; init; }

    public Sex? Sex { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? LastEvent { get; init; }

    public DateTimeOffset? LastLogged { get; init; }

    public DateTimeOffset? LastOrder { get; init; }
}

/// <summary>A tie to another account of the tenant.</summary>
/// <param name="Id">The other account.</param>
public sealed record Relation(string Id, DateTimeOffset At, RelationType Type);

/// <summary>A campaign that the account walks through, and the state it has reached.</summary>
public sealed record CampaignPosition(string Id, string? State);

/// <summary>An order as an account shows it. Money is text here, as on the ordering platform.</summary>
public sealed record OrderSummary
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Empty where the order says none.</summary>
    public required string Source { get; init; }

    /// <summary>Empty where the order says none.</summary>
    public required string OrderType { get; init; }

    public required string Total { get; init; }

    /// <summary>The total after editing; the total itself where there was none.</summary>
    public required string EditTotal { get; init; }

    public required string Status { get; init; }

    public DateTimeOffset? ClosedDate { get; init; }

    public string? LoyaltyId { get; init; }
}
