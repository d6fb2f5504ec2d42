using System.Text.Json;
using Loyalty.Accounts.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

/// <summary>
/// Changes a tenant's segments. Note: through the inbox, unlike its other settings: the pass that decides it is the moment from which every
/// account is placed by the new rules, on whichever host, and the chain that places the others begins in it.
/// </summary>
internal sealed class SetSegments(SegmentStore store, IInbox inbox, TimeProvider time) : ISegments
{
    public async Task<IReadOnlyList<SegmentStatus>> OfAsync(string tenant, CancellationToken cancellationToken)
    {
        var found = (await store.FindAsync([tenant], cancellationToken)).SingleOrDefault();
        return [.. (found?.Rules ?? Segments.Default).Select(rule => new SegmentStatus(rule.Name, found?.ComputedAt))];
    }

    public async Task<IReadOnlyList<SegmentRule>> RulesOfAsync(string tenant, CancellationToken cancellationToken) =>
        (await store.FindAsync([tenant], cancellationToken)).SingleOrDefault()?.Rules ?? Segments.Default;

    public async Task<ProblemHttpResult?> SetAsync(string tenant, IReadOnlyList<SegmentRule>? rules, CancellationToken cancellationToken)
    {
        if (rules is null || TextOf(rules) == TextOf(await RulesOfAsync(tenant, cancellationToken)))
            return null;
        return await inbox.DecideAsync(NewEntry.Once(tenant, new ChangeSegments.Body(rules), time.GetUtcNow()));
    }

    private static string TextOf(IReadOnlyList<SegmentRule> rules) => JsonSerializer.Serialize(rules, JsonSettings.Options);
}
