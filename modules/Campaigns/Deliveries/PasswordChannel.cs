using System.Text.Json;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Campaigns.Contracts;
using Loyalty.Outbox;
using Loyalty.Web;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>Links for forgotten passwords, for the tenant's webhook, which brings them to the person.</summary>
internal sealed class PasswordChannel(TenantSettings<CampaignSettings> settings) : IOutboxChannel
{
    public const string ChannelName = "password";

    public string Name => ChannelName;

    public async Task<OutboxTarget?> TargetOfAsync(OutboxItem item, CancellationToken cancellationToken) =>
        await settings.OfAsync(item.Tenant, cancellationToken) is { PushWebhookUrl: { } url, PushWebhookSecret: { } secret } ? new(url, secret) : null;
}

/// <summary>Somebody has forgotten their password: the link goes out.</summary>
internal sealed class OnPasswordForgotten(IInbox inbox, TimeProvider time) : INotificationHandler<PasswordForgotten>
{
    public Task Handle(PasswordForgotten person, CancellationToken cancellationToken)
    {
        var body = new SendPasswordLink.Body(person.Login, person.Link, person.ExpiresAt)
        {
            FirstName = person.FirstName,
            Email = person.Email,
            Phone = person.Phone,
        };
        return inbox.AppendAsync([NewEntry.Once(person.Tenant, body, time.GetUtcNow(), person.PersonId)], cancellationToken);
    }
}

/// <summary>Sends the link for a forgotten password to the tenant's webhook, as long as it is good.</summary>
internal sealed class SendPasswordLink : EntryHandler<SendPasswordLink.Body>
{
    [EntryKind("person.password-forgotten")]
    internal sealed record Body(string Login, string Link, DateTimeOffset ExpiresAt)
    {
        public string? FirstName { get; init; }

        public string? Email { get; init; }

        public string? Phone { get; init; }
    }

    /// <summary>What the webhook gets.</summary>
    /// <param name="Type">Always <c>password_forgotten</c>.</param>
    private sealed record Message(string Type, string Person, string Login, string Link, DateTimeOffset ExpiresAt, string? FirstName, string? Email, string? Phone);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Account(entry.Tenant, entry.Subject!);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        pass.Concerns(entry.Subject!);
        // Note: staff have no account; what goes to them stays in order under a name of its own.
        var incarnation = pass.Account(entry.Tenant, entry.Subject!)?.Incarnation ?? CauseId.Of(entry.Tenant, entry.Subject!);
        var message = new Message("password_forgotten", entry.Subject!, body.Login, body.Link, body.ExpiresAt, body.FirstName, body.Email, body.Phone);
        var item = OutboxItem.Of(pass, pass.NewId(), PasswordChannel.ChannelName, entry.Subject!, incarnation, JsonSerializer.Serialize(message, JsonSettings.Options));
        pass.Send(item with { Until = body.ExpiresAt });
        return Task.CompletedTask;
    }
}
