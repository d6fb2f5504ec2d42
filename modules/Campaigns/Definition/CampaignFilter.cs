using System.Linq.Expressions;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Time;
using Loyalty.Web;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>Which campaigns a list is about. All that is given must hold; where a field has several values, any of them.</summary>
internal sealed record CampaignFilter
{
    private static readonly FilterDefinitionBuilder<Campaign> Where = Builders<Campaign>.Filter;

    /// <summary>What the id or the name contains, in whatever case.</summary>
    public string? Q { get; init; }

    /// <summary>Exactly this campaign.</summary>
    public IReadOnlyList<string>? Id { get; init; }

    /// <summary>What the name contains, in whatever case.</summary>
    public string? Name { get; init; }

    /// <summary>STANDARD or BIRTHDAY.</summary>
    public IReadOnlyList<CampaignType>? Type { get; init; }

    /// <summary>DRAFT, SCHEDULED, INITIALIZING, RUNNING or FINALIZED.</summary>
    public IReadOnlyList<CampaignStatus>? Status { get; init; }

    /// <summary>Whether accounts may join while it runs.</summary>
    public bool? Dynamic { get; init; }

    /// <summary>Those that start then or later.</summary>
    public DateTimeOffset? ActiveFrom { get; init; }

    /// <summary>Those that end then or earlier.</summary>
    public DateTimeOffset? ActiveTo { get; init; }

    public static FilterDefinition<Campaign> Of(string tenant, ListQuery query, Zone zone)
    {
        query.RequireFieldsOf<CampaignFilter>("Campaigns");
        var filter = Where.Eq(campaign => campaign.Tenant, tenant);
        if (query.One("q") is { } q)
            filter &= Where.Or(Where.Regex(campaign => campaign.Definition.Id, Contains(q)), Where.Regex(campaign => campaign.Definition.Name, Contains(q)));
        if (query.Any("id") is { } ids)
            filter &= Where.In(campaign => campaign.Key, ids.Select(id => Passes.Key.Of(tenant, id)));
        if (query.One("name") is { } name)
            filter &= Where.Regex(campaign => campaign.Definition.Name, Contains(name));
        if (query.Any("type") is { } types)
            filter &= Where.In(campaign => campaign.Definition.Type, types.Select(type => Word<CampaignType>("type", type)));
        if (query.Any("status") is { } statuses)
            filter &= Where.In(campaign => campaign.Status, statuses.Select(status => Word<CampaignStatus>("status", status)));
        if (query.One("dynamic") is { } dynamic)
            filter &= Where.Eq(campaign => campaign.Definition.Dynamic, bool.TryParse(dynamic, out var isDynamic) ? isDynamic : throw new BadParameterException("dynamic", "Expected true or false."));
        if (query.One("activeFrom") is { } from)
            filter &= Where.Gte(campaign => campaign.Definition.ActiveFrom, Instant("activeFrom", from, zone));
        if (query.One("activeTo") is { } to)
            filter &= Where.Lte(campaign => campaign.Definition.ActiveTo, Instant("activeTo", to, zone));
        return filter;
    }

    public static SortDefinition<Campaign> Order(ListQuery query)
    {
        Expression<Func<Campaign, object?>>? field = query.Sort switch
        {
            null or "id" => null,
            "name" => campaign => campaign.Definition.Name,
            "type" => campaign => campaign.Definition.Type,
            "status" => campaign => campaign.Status,
            "activeFrom" => campaign => campaign.Definition.ActiveFrom,
            "activeTo" => campaign => campaign.Definition.ActiveTo,
            "initializedAt" => campaign => campaign.InitializedAt,
            "cnt" => campaign => campaign.Cnt,
            _ => throw new BadParameterException("sort", "Campaigns are sorted by id, name, type, status, activeFrom, activeTo, initializedAt or cnt."),
        };
        var (sort, descending) = (Builders<Campaign>.Sort, query.Descending);
        var byId = descending ? sort.Descending(campaign => campaign.Key) : sort.Ascending(campaign => campaign.Key);
        return field is null ? byId : sort.Combine(descending ? sort.Descending(field) : sort.Ascending(field), byId);
    }

    private static BsonRegularExpression Contains(string text) => new(Regex.Escape(text), "i");

    private static T Word<T>(string field, string text) where T : struct, Enum =>
        Array.Find(Enum.GetValues<T>(), value => NameOf(value) == text) is var found && NameOf(found) == text
            ? found
            : throw new BadParameterException(field, $"Expected one of {string.Join(", ", Enum.GetValues<T>().Select(NameOf))}.");

    private static string NameOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    private static DateTimeOffset Instant(string field, string text, Zone zone) => IsoTime.Read(text, zone) ?? throw new BadParameterException(
        field, $"\"{text}\" is no time. Use an instant such as 2026-02-28T12:00:00Z, or a day such as 2026-02-28.");
}
