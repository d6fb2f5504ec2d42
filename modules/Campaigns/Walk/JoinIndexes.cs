using System.Collections.Concurrent;

namespace Loyalty.Campaigns;

/// <summary>The campaigns that accounts may join, by the fields they look at: of each tenant, as its campaigns are now.</summary>
internal sealed class JoinIndexes
{
    private readonly ConcurrentDictionary<string, Known> byTenant = new(StringComparer.Ordinal);

    public JoinIndex Of(Pass pass)
    {
        var tenant = pass.Entry.Tenant;
        var stamp = new Stamp(pass.Number, pass.Salt, pass.Documents<Campaign>().Revision);
        if (byTenant.TryGetValue(tenant, out var known) && known.Stamp == stamp)
            return known.Index;
        Campaign[] started = [.. pass.StartedCampaigns().OrderBy(campaign => campaign.Key, StringComparer.Ordinal)];
        var content = string.Join(' ', started.Select(campaign => $"{campaign.Key}@{campaign.Version}:{campaign.InitializedAt?.Ticks}:{campaign.Status}"));
        var index = known is not null && known.Content == content ? known.Index : new JoinIndex(started);
        byTenant[tenant] = new Known(stamp, content, index);
        return index;
    }

    private sealed record Known(Stamp Stamp, string Content, JoinIndex Index);

    private sealed record Stamp(long Pass, string Salt, int Revision);
}
