using Loyalty.Events.Contracts;

namespace Loyalty.Stats;

/// <summary>
/// Adds the facts of a pass to the days and totals of their campaigns. Both are documents of the pass, replaced as a whole, so a redo counts
/// nothing twice; a rebuild sets them instead.
/// </summary>
internal static class CountFacts
{
    /// <summary>Ids of the days and totals that must be loaded for it.</summary>
    public static (IReadOnlyCollection<string> Days, IReadOnlyCollection<string> Totals) Needed(Pass pass)
    {
        var facts = pass.Additions<Fact>().All;
        var rebuilds = pass.Held<Rebuilds>().ByEntry.Values;
        var days = facts.Select(fact => CampaignDay.IdOf(fact.Tenant, fact.Campaign, fact.Day)).Distinct().Where(id => !pass.Documents<CampaignDay>().Knows(id));
        var totals = facts.Select(fact => Key.Of(fact.Tenant, fact.Campaign)).Concat(rebuilds.Select(rebuild => Key.Of(rebuild.Tenant, rebuild.Campaign)));
        return ([.. days], [.. totals.Distinct()]);
    }

    public static void Apply(Pass pass)
    {
        var rebuilds = pass.Held<Rebuilds>().ByEntry.Values;
        foreach (var facts in pass.Additions<Fact>().All.GroupBy(fact => (fact.Tenant, fact.Campaign)))
        {
            foreach (var ofDay in facts.Where(fact => !rebuilds.Any(rebuild => rebuild.Covers(fact))).GroupBy(fact => fact.Day))
                Add(pass.Documents<CampaignDay>(), facts.Key.Tenant, facts.Key.Campaign, ofDay);
            var totals = pass.Documents<CampaignTotal>();
            var total = totals.Find(Key.Of(facts.Key.Tenant, facts.Key.Campaign)) ?? CampaignTotal.Empty(facts.Key.Tenant, facts.Key.Campaign);
            totals.Put(total.With([.. facts]));
        }
        foreach (var rebuild in rebuilds)
            Set(pass, rebuild);
        foreach (var rebuild in rebuilds.Where(rebuild => rebuild.Next is null))
            SetTotal(pass, rebuild);
    }

    private static void Add(Documents<CampaignDay> days, string tenant, string campaign, IGrouping<DateOnly, Fact> facts)
    {
        var day = days.Find(CampaignDay.IdOf(tenant, campaign, facts.Key)) ?? CampaignDay.Empty(tenant, campaign, facts.Key);
        days.Put(day.With([.. facts]));
    }

    /// <summary>Note: also days that stand there though no fact says so.</summary>
    private static void Set(Pass pass, Rebuild rebuild)
    {
        var days = pass.Documents<CampaignDay>();
        var added = pass.Additions<Fact>().All.Where(rebuild.Covers).ToLookup(fact => fact.Day);
        var standing = days.Of(Key.Of(rebuild.Tenant, rebuild.Campaign)).Select(day => day.Day).Where(day => rebuild.First <= day && day <= rebuild.Last);
        foreach (var day in standing.Concat(rebuild.Counted.Keys).Concat(added.Select(facts => facts.Key)).Distinct().Order().ToArray())
        {
            var empty = CampaignDay.Empty(rebuild.Tenant, rebuild.Campaign, day);
            var counted = rebuild.Counted.TryGetValue(day, out var known) ? empty with { Figures = known.Figures, Facts = known.Facts } : empty;
            days.Put(counted.With([.. added[day]]));
        }
    }

    private static void SetTotal(Pass pass, Rebuild rebuild)
    {
        var key = Key.Of(rebuild.Tenant, rebuild.Campaign);
        var total = pass.Documents<CampaignTotal>().Find(key) ?? CampaignTotal.Empty(rebuild.Tenant, rebuild.Campaign);
        pass.Documents<CampaignTotal>().Put(total.Of(pass.Documents<CampaignDay>().Of(key), rebuild.At));
    }
}
