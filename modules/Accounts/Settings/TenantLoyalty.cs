using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

/// <summary>Reads and changes how a tenant wants loyalty to work. Secrets can be written, never read.</summary>
internal static class TenantLoyalty
{
    /// <param name="OrderWebhookSecretSet">Whether there is a secret; it is never shown.</param>
    /// <param name="Segments">In the order in which accounts are tried against them.</param>
    public sealed record Answer(
        IReadOnlyList<string> ImportantTags, string ContactConsent, string PushConsent, int CampaignLimit, bool OrderWebhookSecretSet,
        IReadOnlyList<SegmentRule> Segments)
    {
        public static Answer Of(LoyaltySettings settings, IReadOnlyList<SegmentRule> segments) => new(
            settings.ImportantTags, settings.ContactConsent, settings.PushConsent, settings.CampaignLimit, settings.OrderWebhookSecret is not null, segments);
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

        /// <summary>Up to 16 segments; an account is in the first that fits. Absent leaves them. When they change, all accounts are placed anew, in the background.</summary>
        public IReadOnlyList<SegmentRule>? Segments { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.ImportantTags).Must(tags => tags.Count <= 64).WithMessage("At most 64 tags.");
            RuleForEach(r => r.ImportantTags).Must(tag => tag is { Length: >= 1 and <= 64 }).WithMessage("A tag has 1 to 64 characters.");
            RuleFor(r => r.ContactConsent).Length(1, 64).WithMessage("The name of a consent has 1 to 64 characters.");
            RuleFor(r => r.PushConsent).Length(1, 64).WithMessage("The name of a consent has 1 to 64 characters.");
            RuleFor(r => r.CampaignLimit).InclusiveBetween(1, 1000).WithMessage("The limit lies between 1 and 1000.");
            RuleFor(r => r.OrderWebhookSecret.Value)
                .Must(secret => secret is null or { Length: >= 16 and <= 256 }).WithMessage("A secret has 16 to 256 characters.")
                .OverridePropertyName("orderWebhookSecret");
            RuleFor(r => r.Segments).Items(0, 16).WithMessage("At most 16 segments.")
                .Must(segments => segments is null || segments.Where(segment => segment is not null).GroupBy(segment => segment.Name).All(same => same.Count() == 1))
                .WithMessage("Two segments have the same name.");
            RuleForEach(r => r.Segments).NotNull().WithMessage("Write a segment here, or nothing.").SetValidator(new SegmentRules());
        }
    }

    public static async Task<Results<Ok<Answer>, ProblemHttpResult>> Get(
        [RegularExpression("[a-zA-Z0-9_-]{3,64}")] string tenant, Caller caller, SettingsStore store, SegmentStore segments, CancellationToken cancellationToken) =>
        MayManage(caller, tenant)
            ? TypedResults.Ok(Answer.Of(await store.OfAsync(tenant, cancellationToken), await segments.RulesOfAsync(tenant, cancellationToken)))
            : NotFound(tenant);

    public static async Task<Results<Ok<Answer>, ProblemHttpResult>> Put(
        [RegularExpression("[a-zA-Z0-9_-]{3,64}")] string tenant, Request request, Caller caller, SettingsStore store, SetSegments segments, Tenants tenants,
        CancellationToken cancellationToken)
    {
        if (!MayManage(caller, tenant) || await tenants.FindAsync(tenant, cancellationToken) is null)
            return NotFound(tenant);
        var known = await store.OfAsync(tenant, cancellationToken);
        var changed = new LoyaltySettings
        {
            Tenant = tenant,
            ImportantTags = request.ImportantTags,
            ContactConsent = request.ContactConsent,
            PushConsent = request.PushConsent,
            CampaignLimit = request.CampaignLimit,
            OrderWebhookSecret = request.OrderWebhookSecret.IsGiven ? request.OrderWebhookSecret.Value : known.OrderWebhookSecret,
        };
        await store.SaveAsync(changed, cancellationToken);
        return await segments.SetAsync(tenant, request.Segments, cancellationToken) is { } problem
            ? problem
            : TypedResults.Ok(Answer.Of(changed, await segments.OfAsync(tenant, cancellationToken)));
    }

    private static bool MayManage(Caller caller, string tenant) => caller.Tenant == tenant || caller.Tenant == Tenant.System;

    private static ProblemHttpResult NotFound(string tenant) => Problems.NotFound("tenant_not_found", $"There is no tenant {tenant} that you may manage.");
}
