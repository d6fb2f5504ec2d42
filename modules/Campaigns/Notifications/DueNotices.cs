using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>Notifications fall due.</summary>
internal sealed class DueNotices(NoticeStore notices) : IDue
{
    public const string Source = "campaigns.notices";

    public string Name => Source;

    public async Task<IReadOnlyList<DueItem>> NextAsync(string? tenant, int limit, CancellationToken cancellationToken) =>
        [.. (await notices.NextAsync(tenant, limit, cancellationToken)).Select(Item)];

    private static DueItem Item(Notice notice)
    {
        var at = notice.DueAt!.Value;
        var kind = System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName($"{notice.Kind}");
        return new DueItem(at, $"{kind} notification of campaign {notice.Campaign}{(notice.Account.Length > 0 ? "" : ", to all in it")}", NewEntry.Internal(
            notice.Tenant, $"notice:{notice.Id}:{at.ToUnixTimeMilliseconds()}", NoticeEntries.Due, notice.Account.Length > 0 ? notice.Account : null, at,
            new NoticeEntries.DueBody(notice.Id)));
    }
}
