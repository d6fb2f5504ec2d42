using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Stats;

/// <summary>All that has happened in a campaign: always the sum of its days.</summary>
internal sealed record CampaignTotal : IPassDocument
{
    [BsonId]
    public required string Id { get; init; }

    public long LastPass { get; init; }

    public required CampaignFigures Figures { get; init; }

    /// <summary>The first day on which anything happened.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day on which anything happened.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>When an operator last had the figures counted anew.</summary>
    public DateTimeOffset? RebuiltAt { get; init; }

    public static CampaignTotal Empty(string tenant, string campaign) => new() { Id = Key.Of(tenant, campaign), Figures = CampaignFigures.None };

    public CampaignTotal With(IReadOnlyCollection<Fact> facts) => this with
    {
        Figures = FigureCounter.From(Figures).Count(facts).Figures,
        FirstDay = facts.Select(fact => fact.Day).Concat(FirstDay is { } first ? [first] : []).Min(),
        LastDay = facts.Select(fact => fact.Day).Concat(LastDay is { } last ? [last] : []).Max(),
    };

    /// <param name="days">All days of the campaign.</param>
    public CampaignTotal Of(IReadOnlyCollection<CampaignDay> days, DateTimeOffset at) => this with
    {
        Figures = days.Aggregate(new FigureCounter(), (counter, day) => counter.Add(day.Figures)).Figures,
        FirstDay = days.Where(day => day.Facts > 0).Min(day => (DateOnly?)day.Day),
        LastDay = days.Where(day => day.Facts > 0).Max(day => (DateOnly?)day.Day),
        RebuiltAt = at,
    };
}
