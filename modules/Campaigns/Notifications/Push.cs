using System.Text.Json;
using Loyalty.Accounts.Contracts;
using Loyalty.Outbox;
using Loyalty.Web;

namespace Loyalty.Campaigns;

/// <summary>A push notification as the tenant's webhook gets it.</summary>
internal sealed record Push
{
    /// <summary>Always <c>notification</c>.</summary>
    public string Type { get; init; } = "notification";

    /// <summary>The same in every attempt; also the headers <c>webhook-id</c> and <c>Idempotency-Key</c>.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Campaign { get; init; }

    public required NoticeKind Notification { get; init; }

    public required string Account { get; init; }

    public required string PushId { get; init; }

    public required string Title { get; init; }

    public required string Message { get; init; }

    public string? Image { get; init; }

    public IReadOnlyDictionary<string, string>? Payload { get; init; }

    public PushCoupon? Coupon { get; init; }

    public PushCredit? Credit { get; init; }

    /// <summary>When it was due.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>What goes into the outbox for one account.</summary>
    public static OutboxItem ItemFor(Pass pass, Account account, Campaign campaign, Notice notice, NotificationDefinition definition, Coupon? coupon)
    {
        var facts = new PushFacts(account, campaign.Definition.Name, coupon, pass.Zone(), pass.CampaignSettings().Culture)
        {
            Credit = notice.Kind == NoticeKind.CreditExpiration ? (NoticeRule.CreditOf(notice, account, pass.Zone()), notice.Occasion) : null,
        };
        var id = CauseId.Of(account.Incarnation, "push", notice.Id);
        var push = new Push
        {
            Id = id,
            Tenant = notice.Tenant,
            Campaign = campaign.Id,
            Notification = notice.Kind,
            Account = account.Id,
            PushId = account.Header.PushId!,
            Title = PushTemplate.Render(definition.Title, facts),
            Message = PushTemplate.Render(definition.Message, facts),
            Image = definition.Image,
            Payload = definition.Payload,
            Coupon = coupon is null ? null : new PushCoupon(coupon.Code, coupon.ValidTo),
            Credit = facts.Credit is var (amount, ends) ? new PushCredit(amount, ends) : null,
            DueAt = notice.DueAt ?? notice.Occasion,
        };
        return OutboxItem.Of(pass, id, PushChannel.ChannelName, account.Id, account.Incarnation, JsonSerializer.Serialize(push, JsonSettings.Options)) with
        {
            About = PushChannel.About(campaign.Id, coupon?.Code),
            Until = push.DueAt + pass.CampaignSettings().NotificationLateness,
        };
    }
}

/// <summary>What is left of the credit that is about to end.</summary>
internal sealed record PushCredit(decimal Amount, DateTimeOffset Ends);

internal sealed record PushCoupon(string Coupon, DateTimeOffset? ValidTo);
