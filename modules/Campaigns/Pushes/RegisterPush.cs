using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Loyalty.Campaigns;

/// <summary>Names a push that somebody has sent for a campaign, so that clicks on it can be counted.</summary>
internal sealed class RegisterPush : EntryHandler<RegisterPush.Body>
{
    public const string PushId = "[a-zA-Z0-9_-]{1,32}";
    private const int Most = 1000;

    [EntryKind("campaign.push")]
    internal sealed record Body(string Campaign, string Push, string? Title);

    public sealed record Request
    {
        /// <summary>1 to 32 of the characters <c>a-z A-Z 0-9 _ -</c>.</summary>
        public required string PushId { get; init; }

        /// <summary>What the push said, up to 256 characters.</summary>
        public string? Title { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.PushId).Matches($"^{RegisterPush.PushId}\\z").WithMessage("A push's id is 1 to 32 of the characters a-z A-Z 0-9 _ -");
            RuleFor(r => r.Title).MaximumLength(256).WithMessage("A title has up to 256 characters.");
        }
    }

    /// <param name="pushId">The push's id, as a JSON string: 1 to 32 of the characters <c>a-z A-Z 0-9 _ -</c>.</param>
    public static Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, [FromBody, Required, RegularExpression(PushId)] string pushId, Caller caller, CampaignCommands commands,
        HttpResponse response, CancellationToken cancellationToken) =>
        HandleV2(campaign, new Request { PushId = pushId }, caller, commands, response, cancellationToken);

    public static Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> HandleV2(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Request request, Caller caller, CampaignCommands commands, HttpResponse response,
        CancellationToken cancellationToken) => commands.DecideAsync(
            caller, campaign, new Body(campaign, request.PushId, request.Title), response, cancellationToken);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    /// <summary>Note: a push that is known keeps its clicks; only its title may be given anew.</summary>
    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        var campaign = pass.CampaignOrRefuse(body.Campaign);
        if (campaign.Status == CampaignStatus.Finalized)
            throw new EntryRejectedException(409, "campaign_finalized", $"Campaign {body.Campaign} is over, and nothing more is sent for it.");
        var known = campaign.Pushes.FirstOrDefault(push => push.Id == body.Push);
        if (known is null && campaign.Pushes.Count >= Most)
            throw new EntryRejectedException(409, "push_limit", $"A campaign has at most {Most} pushes.");
        var push = known is null ? new RegisteredPush(body.Push, body.Title, entry.AcceptedAt) : known with { Title = body.Title ?? known.Title };
        pass.Put(campaign with { Pushes = [.. campaign.Pushes.Where(other => other.Id != push.Id), push] });
        return Task.CompletedTask;
    }
}
