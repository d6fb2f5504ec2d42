using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Passes.Due;

/// <summary>What falls due next in a tenant.</summary>
internal static class GetSchedule
{
    private const int Most = 100;

    public static async Task<Ok<IReadOnlyList<ScheduledItem>>> Handle(Caller caller, IEnumerable<IDueSource> sources, CancellationToken cancellationToken)
    {
        var items = new List<ScheduledItem>();
        foreach (var source in sources)
            items.AddRange((await source.NextAsync(caller.Tenant, null, Most, cancellationToken))
                .Select(item => new ScheduledItem(item.Point.At, source.Name, item.What)));
        return TypedResults.Ok<IReadOnlyList<ScheduledItem>>([.. items.OrderBy(item => item.At).Take(Most)]);
    }
}

/// <param name="At">When it falls due. A time that has passed: it is about to happen.</param>
/// <param name="Kind">Such as <c>campaigns.activity</c>.</param>
/// <param name="What">In words.</param>
internal sealed record ScheduledItem(DateTimeOffset At, string Kind, string What);
