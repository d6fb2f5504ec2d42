namespace Loyalty.Stats;

/// <summary>
/// Adds the facts of a pass to the days and totals of their campaigns. Both are documents of the pass, replaced as a whole, so a redo counts
/// nothing twice.
/// </summary>
internal sealed class CountFacts : IAfterEntries
{
    public void Needs(Needs needs, Pass pass)
    {
        foreach (var fact in pass.Additions<Fact>().All)
        {
            needs.Document<CampaignDay>(CampaignDay.IdOf(fact.Tenant, fact.Campaign, fact.Day));
            needs.Document<CampaignTotal>(Key.Of(fact.Tenant, fact.Campaign));
        }
    }

    public Task AfterEntriesAsync(Pass pass, CancellationToken cancellationToken)
    {
        foreach (var ofCampaign in pass.Additions<Fact>().All.GroupBy(fact => (fact.Tenant, fact.Campaign)))
        {
            var (tenant, campaign) = ofCampaign.Key;
            foreach (var ofDay in ofCampaign.GroupBy(fact => fact.Day))
                pass.Put((pass.Find<CampaignDay>(CampaignDay.IdOf(tenant, campaign, ofDay.Key)) ?? CampaignDay.Empty(tenant, campaign, ofDay.Key)).With([.. ofDay]));
            pass.Put((pass.Find<CampaignTotal>(Key.Of(tenant, campaign)) ?? CampaignTotal.Empty(tenant, campaign)).With([.. ofCampaign]));
        }
        return Task.CompletedTask;
    }
}
