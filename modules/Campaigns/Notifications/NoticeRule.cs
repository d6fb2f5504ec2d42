using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;
using Loyalty.Time;

namespace Loyalty.Campaigns;

/// <summary>What becomes of a notice that is due. Pure.</summary>
internal abstract record NoticeRuling
{
    public sealed record Send(NotificationDefinition Definition) : NoticeRuling;

    /// <summary>It is not due yet: the zone or the notification has changed.</summary>
    public sealed record Later(DateTimeOffset Due) : NoticeRuling;

    /// <summary>Its campaign is paused.</summary>
    public sealed record Hold : NoticeRuling;

    public sealed record End(NoticeStatus Status, string Why) : NoticeRuling;
}

internal static class NoticeRule
{
    public const string Over = "The campaign is over.";
    public const string Closed = "The coupon is used, expired or void.";
    public const string Spent = "The credit is spent, ended or taken back.";
    public const string Removed = "The campaign does not have this notification any more.";

    public static NoticeRuling Of(
        Notice notice, Campaign? campaign, Account? account, Coupon? coupon, CampaignSettings settings, Zone zone, DateTimeOffset now)
    {
        if (campaign?.IsLiveAt(now) != true)
            return Drop(Over);
        if (CampaignNotices.Find(campaign.Definition, notice.Which) is not { } definition)
            return Drop(Removed);
        if (NoticeTimes.DueOf(notice, definition, zone) is { } due && due > now)
            return new NoticeRuling.Later(due);
        if (campaign.IsPaused)
            return new NoticeRuling.Hold();
        if (notice.Kind == NoticeKind.CouponExpiration && coupon is not { Status: CouponStatus.Open or CouponStatus.Expired })
            return Drop(Closed);
        if (notice.Kind == NoticeKind.CreditExpiration && account is not null && CreditOf(notice, account, zone) == 0)
            return Drop(Spent);
        if (settings.PushWebhookUrl is null || settings.PushWebhookSecret is null)
            return Drop("The tenant has no push webhook.");
        if (notice.Kind != NoticeKind.SpecificTime && Refusal(account, settings) is { } refusal)
            return Drop(refusal);
        if (now - notice.DueAt > settings.NotificationLateness)
            return new NoticeRuling.End(NoticeStatus.Missed, $"It would have been {now - notice.DueAt:d\\.hh\\:mm\\:ss} late, more than the tenant's limit.");
        if (settings.Quiet?.EndAfter(now, zone) is { } end)
            return new NoticeRuling.Later(end);
        return coupon is { Status: CouponStatus.Expired } || coupon?.ValidTo <= now ? Drop(Closed) : new NoticeRuling.Send(definition);
    }

    /// <summary>What is left of the campaign's credit that ends on the day that the notice is about.</summary>
    public static decimal CreditOf(Notice notice, Account account, Zone zone) =>
        account.Lots.Where(lot => lot.Campaign == notice.Campaign && lot.Ends is { } ends && zone.DayOf(ends) == zone.DayOf(notice.Occasion)).Sum(lot => lot.Left);

    /// <summary>Why nothing may be sent to an account; null if it may.</summary>
    public static string? Refusal(Account? account, CampaignSettings settings) => account switch
    {
        null => "The account is gone.",
        _ when string.IsNullOrEmpty(account.Header.PushId) => "The account has no pushId.",
        _ when !account.HasGiven(settings.PushConsent) => $"The account has not given the consent {settings.PushConsent}.",
        _ => null,
    };

    private static NoticeRuling.End Drop(string why) => new(NoticeStatus.Dropped, why);
}
