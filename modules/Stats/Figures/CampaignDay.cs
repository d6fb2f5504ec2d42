using System.Globalization;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Stats;

/// <summary>A campaign's figures of one day. Days on which nothing happened have none.</summary>
internal sealed record CampaignDay : IPassDocument
{
    [BsonId]
    public required string Id { get; init; }

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    public required string Campaign { get; init; }

    public required DateOnly Day { get; init; }

    public required CampaignFigures Figures { get; init; }

    /// <summary>How many facts the figures count.</summary>
    public long Facts { get; init; }

    public CampaignDay With(IReadOnlyCollection<Fact> facts) =>
        this with { Figures = FigureCounter.From(Figures).Count(facts).Figures, Facts = Facts + facts.Count };

    public static CampaignDay Empty(string tenant, string campaign, DateOnly day) =>
        new() { Id = IdOf(tenant, campaign, day), Tenant = tenant, Campaign = campaign, Day = day, Figures = CampaignFigures.None };

    public static string IdOf(string tenant, string campaign, DateOnly day) =>
        Key.Of(tenant, campaign, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
