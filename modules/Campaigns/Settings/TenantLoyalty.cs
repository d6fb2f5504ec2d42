using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq.Expressions;
using FluentValidation;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Campaigns.Contracts;
using Loyalty.Time;
using Loyalty.Web;
using Loyalty.Web.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Reads and changes how a tenant wants loyalty to work. Secrets can be written, never read.</summary>
internal static class TenantLoyalty
{
    /// <param name="OrderWebhookSecretSet">Whether there is a secret; it is never shown.</param>
    /// <param name="NotificationLateness">A notification that would be later than this is recorded as missed: an ISO 8601 duration.</param>
    /// <param name="PushWebhookUrl">Where push notifications are posted; absent: none is sent.</param>
    /// <param name="PushWebhookSecretSet">Whether there is a secret; it is never shown.</param>
    /// <param name="WalletUrl">The outside wallet; absent: credits stay in the built-in ledger.</param>
    /// <param name="WalletSecretSet">Whether there is a secret; it is never shown.</param>
    /// <param name="Language">In which dates and numbers are written to members; absent: as ISO 8601.</param>
    /// <param name="Quiet">The hours in which nothing is sent; absent: there are none.</param>
    /// <param name="ReportRepeat">How long after a report of a message the same report is taken for a repeat: an ISO 8601 duration.</param>
    /// <param name="Segments">In the order in which accounts are tried against them.</param>
    public sealed record Answer(
        IReadOnlyList<string> ImportantTags, string ContactConsent, string PushConsent, int CampaignLimit, bool OrderWebhookSecretSet,
        string NotificationLateness, string? PushWebhookUrl, bool PushWebhookSecretSet, string? WalletUrl, bool WalletSecretSet,
        IReadOnlyList<SegmentRule> Segments, string? Language, QuietHours? Quiet, string ReportRepeat)
    {
        public static Answer Of(LoyaltySettings accounts, CampaignSettings campaigns, IReadOnlyList<SegmentRule> segments) => new(
            accounts.ImportantTags, accounts.ContactConsent, campaigns.PushConsent, campaigns.CampaignLimit, accounts.OrderWebhookSecret is not null,
            CalendarPeriod.Of(campaigns.NotificationLateness).ToString(), campaigns.PushWebhookUrl, campaigns.PushWebhookSecret is not null,
            campaigns.WalletUrl, campaigns.WalletSecret is not null, segments, campaigns.Language, campaigns.Quiet,
            CalendarPeriod.Of(campaigns.ReportRepeat).ToString());
    }

    public sealed record Request
    {
        /// <summary>Up to 64 tags that accounts show as important.</summary>
        public IReadOnlyList<string> ImportantTags { get; init; } = [];

        /// <summary>The consent without which nobody is contacted, up to 64 characters.</summary>
        public string ContactConsent { get; init; } = "contact";

        /// <summary>The consent without which no push is sent, up to 64 characters.</summary>
        public string PushConsent { get; init; } = "push";

        /// <summary>How many campaigns may be scheduled or running at once, 1 to 1000.</summary>
        public int CampaignLimit { get; init; } = 16;

        /// <summary>The secret that signs the order webhook, 16 to 256 characters. Absent leaves it, null closes the webhook.</summary>
        public Optional<string?> OrderWebhookSecret { get; init; }

        /// <summary>
        /// How late a notification may be: an ISO 8601 duration of up to 30 days. One that would be later, after a long stop or because the
        /// webhook does not answer, is recorded as missed and not sent.
        /// </summary>
        public string NotificationLateness { get; init; } = "PT1H";

        /// <summary>
        /// Where push notifications are posted: https, or http on this machine in Development; no private network unless the deployment allows
        /// it. Absent leaves it, null ends the sending.
        /// </summary>
        public Optional<string?> PushWebhookUrl { get; init; }

        /// <summary>
        /// The secret that signs push notifications, 16 to 256 characters; <c>whsec_</c> and base64 as in Standard Webhooks, or any text. Absent
        /// leaves it, null removes it.
        /// </summary>
        public Optional<string?> PushWebhookSecret { get; init; }

        /// <summary>
        /// The outside wallet that credits of campaigns are handed over to, by POST to <c>{walletUrl}/wallet/{account}/batch</c>. Absent leaves it,
        /// null ends the hand-over.
        /// </summary>
        public Optional<string?> WalletUrl { get; init; }

        /// <summary>The secret that signs the hand-over, 16 to 256 characters. Absent leaves it, null removes it.</summary>
        public Optional<string?> WalletSecret { get; init; }

        /// <summary>The language in which dates and numbers are written to members, such as <c>pl-PL</c>. Absent leaves it, null: as ISO 8601.</summary>
        public Optional<string?> Language { get; init; }

        /// <summary>The hours, in the tenant's zone, in which nothing is sent. Absent leaves them, null: there are none.</summary>
        public Optional<QuietHours?> Quiet { get; init; }

        /// <summary>How long after a report of a message the same report is taken for a repeat: an ISO 8601 duration of up to an hour. Absent leaves it.</summary>
        public string? ReportRepeat { get; init; }

        /// <summary>Up to 16 segments; an account is in the first that fits. Absent leaves them. When they change, all accounts are placed anew, in the background.</summary>
        public IReadOnlyList<SegmentRule>? Segments { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator(OutboundRules outbound)
        {
            RuleFor(r => r.ImportantTags).Must(tags => tags.Count <= 64).WithMessage("At most 64 tags.");
            RuleForEach(r => r.ImportantTags).Must(tag => tag is { Length: >= 1 and <= 64 }).WithMessage("A tag has 1 to 64 characters.");
            RuleFor(r => r.ContactConsent).Length(1, 64).WithMessage("The name of a consent has 1 to 64 characters.");
            RuleFor(r => r.PushConsent).Length(1, 64).WithMessage("The name of a consent has 1 to 64 characters.");
            RuleFor(r => r.CampaignLimit).InclusiveBetween(1, 1000).WithMessage("The limit lies between 1 and 1000.");
            Secret(r => r.OrderWebhookSecret.Value, "orderWebhookSecret");
            RuleFor(r => r.NotificationLateness).Must(text => LatenessOf(text) is { } limit && limit >= TimeSpan.Zero && limit <= TimeSpan.FromDays(30))
                .WithMessage("Write the limit as an ISO 8601 duration of up to 30 days, such as PT1H.");
            RuleFor(r => r.ReportRepeat).Must(text => text is null || LatenessOf(text) is { } wait && wait >= TimeSpan.Zero && wait <= TimeSpan.FromHours(1))
                .WithMessage("Write it as an ISO 8601 duration of up to an hour, such as PT10S.");
            RuleFor(r => r.Language.Value).Must(IsLanguage).WithMessage("Write a language as a BCP 47 tag, such as pl-PL.").OverridePropertyName("language");
            RuleFor(r => r.Quiet.Value).Must(quiet => quiet is null || QuietHours.IsTime(quiet.From) && QuietHours.IsTime(quiet.To))
                .WithMessage("Write from and to as hours of the day, such as 21:00.").OverridePropertyName("quiet");
            Address(r => r.PushWebhookUrl.Value, "pushWebhookUrl", outbound);
            Secret(r => r.PushWebhookSecret.Value, "pushWebhookSecret");
            Address(r => r.WalletUrl.Value, "walletUrl", outbound);
            Secret(r => r.WalletSecret.Value, "walletSecret");
            RuleFor(r => r.Segments).Items(0, 16).WithMessage("At most 16 segments.")
                .Must(segments => segments is null || segments.Where(segment => segment is not null).GroupBy(segment => segment.Name).All(same => same.Count() == 1))
                .WithMessage("Two segments have the same name.");
            RuleForEach(r => r.Segments).NotNull().WithMessage("Write a segment here, or nothing.").SetValidator(new SegmentRules());
        }

        private static bool IsLanguage(string? tag) =>
            tag is null || tag.Length <= 16 && CultureInfo.GetCultures(CultureTypes.AllCultures).Any(culture => culture.Name.Length > 0 && culture.Name == tag);

        private const string Base64 = "whsec_";

        private void Secret(Expression<Func<Request, string?>> field, string name) => RuleFor(field)
            .Must(secret => secret is null or { Length: >= 16 and <= 256 }).WithMessage("A secret has 16 to 256 characters.")
            .Must(secret => secret?.StartsWith(Base64, StringComparison.Ordinal) != true || System.Buffers.Text.Base64.IsValid(secret.AsSpan(Base64.Length)))
            .WithMessage($"What begins with {Base64} goes on in base64.")
            .OverridePropertyName(name);

        private void Address(Expression<Func<Request, string?>> field, string name, OutboundRules outbound) => RuleFor(field)
            .Custom((url, context) =>
            {
                if (url is not null && outbound.Fault(url) is { } fault)
                    context.AddFailure(name, fault);
            });
    }

    public static async Task<Results<Ok<Answer>, ProblemHttpResult>> Get(
        [RegularExpression("[a-zA-Z0-9_-]{3,64}")] string tenant, Caller caller, TenantSettings<LoyaltySettings> accounts, TenantSettings<CampaignSettings> campaigns,
        ISegments segments, CancellationToken cancellationToken) =>
        MayManage(caller, tenant)
            ? TypedResults.Ok(Answer.Of(
                await accounts.OfAsync(tenant, cancellationToken), await campaigns.OfAsync(tenant, cancellationToken),
                await segments.RulesOfAsync(tenant, cancellationToken)))
            : NotFound(tenant);

    public static async Task<Results<Ok<Answer>, ProblemHttpResult>> Put(
        [RegularExpression("[a-zA-Z0-9_-]{3,64}")] string tenant, Request request, Caller caller, TenantSettings<LoyaltySettings> accounts,
        TenantSettings<CampaignSettings> campaigns, ISegments segments, Tenants tenants, AuditLog audit, CancellationToken cancellationToken)
    {
        if (!MayManage(caller, tenant) || await tenants.FindAsync(tenant, cancellationToken) is null)
            return NotFound(tenant);
        var (knownOfAccounts, knownOfCampaigns) = (await accounts.OfAsync(tenant, cancellationToken), await campaigns.OfAsync(tenant, cancellationToken));
        var (ofAccounts, ofCampaigns) = (Changed(knownOfAccounts, request), Changed(knownOfCampaigns, request));
        if (ofCampaigns is { PushWebhookUrl: not null, PushWebhookSecret: null })
            return Problems.Validation("pushWebhookSecret", "What is posted must be signed: give a secret with the address.");
        if (ofCampaigns is { WalletUrl: not null, WalletSecret: null })
            return Problems.Validation("walletSecret", "What is posted must be signed: give a secret with the address.");
        var rules = await segments.RulesOfAsync(tenant, cancellationToken);
        await audit.RecordAsync(caller, tenant, "loyalty.change", tenant,
            [
                .. JsonDifferences.Of(Answer.Of(knownOfAccounts, knownOfCampaigns, rules), Answer.Of(ofAccounts, ofCampaigns, request.Segments ?? rules)),
                .. Replaced("orderWebhookSecret", knownOfAccounts.OrderWebhookSecret, ofAccounts.OrderWebhookSecret),
                .. Replaced("pushWebhookSecret", knownOfCampaigns.PushWebhookSecret, ofCampaigns.PushWebhookSecret),
                .. Replaced("walletSecret", knownOfCampaigns.WalletSecret, ofCampaigns.WalletSecret),
            ], cancellationToken);
        await accounts.SaveAsync(ofAccounts, cancellationToken);
        await campaigns.SaveAsync(ofCampaigns, cancellationToken);
        return await segments.SetAsync(tenant, request.Segments, cancellationToken) is { } problem
            ? problem
            : TypedResults.Ok(Answer.Of(ofAccounts, ofCampaigns, await segments.RulesOfAsync(tenant, cancellationToken)));
    }

    /// <summary>Of a secret only that it is another one.</summary>
    private static IEnumerable<AuditChange> Replaced(string field, string? known, string? wanted) =>
        known is null || wanted is null || known == wanted ? [] : [new AuditChange(field, null, null)];

    private static LoyaltySettings Changed(LoyaltySettings known, Request request) => known with
    {
        ImportantTags = request.ImportantTags,
        ContactConsent = request.ContactConsent,
        OrderWebhookSecret = Changed(request.OrderWebhookSecret, known.OrderWebhookSecret),
    };

    private static CampaignSettings Changed(CampaignSettings known, Request request) => known with
    {
        PushConsent = request.PushConsent,
        CampaignLimit = request.CampaignLimit,
        NotificationLateness = LatenessOf(request.NotificationLateness) ?? known.NotificationLateness,
        PushWebhookUrl = Changed(request.PushWebhookUrl, known.PushWebhookUrl),
        PushWebhookSecret = Changed(request.PushWebhookSecret, known.PushWebhookSecret),
        Language = Changed(request.Language, known.Language),
        Quiet = request.Quiet.IsGiven ? request.Quiet.Value : known.Quiet,
        ReportRepeat = request.ReportRepeat is { } repeat ? LatenessOf(repeat) ?? known.ReportRepeat : known.ReportRepeat,
        WalletUrl = Changed(request.WalletUrl, known.WalletUrl),
        WalletSecret = Changed(request.WalletSecret, known.WalletSecret),
    };

    private static string? Changed(Optional<string?> wanted, string? known) => wanted.IsGiven ? wanted.Value : known;

    /// <summary>Null for what is no duration, or one in months, whose length is not known.</summary>
    private static TimeSpan? LatenessOf(string text) => CalendarPeriod.Read(text)?.FixedLength;

    private static bool MayManage(Caller caller, string tenant) => caller.Tenant == tenant || caller.Tenant == Tenant.System;

    private static ProblemHttpResult NotFound(string tenant) => Problems.NotFound("tenant_not_found", $"There is no tenant {tenant} that you may manage.");
}
