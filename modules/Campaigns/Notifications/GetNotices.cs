using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Shows an operator what is to be sent, and what became of the rest.</summary>
internal static class GetNotices
{
    private const int Most = 1000;

    public static async Task<Ok<IReadOnlyList<NoticeAnswer>>> Handle(
        Caller caller, NoticeStore store, CancellationToken cancellationToken, [RegularExpression("OPEN|SENT|MISSED|DROPPED")] string status = "OPEN")
    {
        var wanted = Enum.Parse<NoticeStatus>(status, ignoreCase: true);
        var found = wanted == NoticeStatus.Open
            ? await store.NextAsync(caller.Tenant, Most, cancellationToken)
            : await store.SettledAsync(caller.Tenant, wanted, Most, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<NoticeAnswer>>([.. found.Select(NoticeAnswer.Of)]);
    }
}

/// <summary>One notification, to one account or to all in a campaign.</summary>
internal sealed record NoticeAnswer
{
    public required string Id { get; init; }

    public required NoticeKind Kind { get; init; }

    public required NoticeStatus Status { get; init; }

    public required string Campaign { get; init; }

    /// <summary>Absent where it is for all in the campaign, or once the account is erased.</summary>
    public string? Account { get; init; }

    /// <summary>What it is about: when the coupon expires, when the account joined, or the time itself.</summary>
    public required DateTimeOffset Occasion { get; init; }

    /// <summary>When it is to be sent; absent once that is settled.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>To how many accounts it has gone.</summary>
    public required int Recipients { get; init; }

    /// <summary>Why it was missed or dropped.</summary>
    public string? Why { get; init; }

    private static readonly FieldList<Notice, NoticeAnswer> Fields = new(list => list
        .Map(answer => answer.Account, notice => notice.Account.Length > 0 ? notice.Account : null));

    public static NoticeAnswer Of(Notice notice) => Fields.Of(notice);
}
