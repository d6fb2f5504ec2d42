using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FluentValidation;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

/// <summary>The ordering platform reports an order, signed with the tenant's secret.</summary>
internal sealed class TakeOrderWebhook(TenantSettings<LoyaltySettings> settings, Tenants tenants, IValidator<OrderEvent> rules, IInbox inbox, TimeProvider time)
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly string[] TenantNames = ["id", "__NAME__"];

    /// <summary>What of the body is looked at.</summary>
    public sealed record Body(Order Order);

    public static Task<Results<Ok<EventOutcome>, Accepted<EventOutcome>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{3,64}")] string tenant, HttpRequest request, TakeOrderWebhook webhook, CancellationToken cancellationToken) =>
        webhook.HandleAsync(tenant, request, cancellationToken);

    private async Task<Results<Ok<EventOutcome>, Accepted<EventOutcome>, ProblemHttpResult>> HandleAsync(string tenant, HttpRequest request, CancellationToken cancellationToken)
    {
        if (await JsonBytes.TryReadRawAsync(request, MaxBytes, cancellationToken) is not { } raw)
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "body_too_large", "An order has at most 1 MB.");
        var secret = (await settings.OfAsync(tenant, cancellationToken)).OrderWebhookSecret;
        if (!IsSigned(raw, secret, request.Headers["x-signature"].ToString()))
            return Problems.Unauthorized("bad_signature", "Sign the raw body: x-signature is the hex SHA-256 of the body followed by the tenant's secret.");
        var json = JsonBytes.InUtf8(request, raw);
        if (!JsonInput.TryRead<Body>(json.Span, out var body, out var unreadable))
            return unreadable!.ToProblem();
        using var document = JsonDocument.Parse(json);
        if (TenantOf(document.RootElement) is { } named && named != tenant)
            return Problems.Validation("tenant", $"The body is of the tenant {named}, the path of {tenant}: they must be the same.");
        var validation = await rules.ValidateAsync(new OrderEvent { Order = body.Order }, cancellationToken);
        if (!validation.IsValid)
            return Problems.Validation(validation.ToFields());
        var zone = await tenants.ZoneOfAsync(tenant, cancellationToken);
        var order = body.Order.WithoutContacts().InZone(zone);
        var happened = new OrderEvent { Order = order };
        var now = time.GetUtcNow();
        var changed = order.LastChanged?.In(zone);
        var at = changed < now ? changed.Value : now;
        // Note: what repeats is told by the bytes of the order; the rest of the body is about the call.
        var entry = NewEntry.Of(tenant, $"webhook {order.Id} {OrderOf(document.RootElement).GetRawText()}", happened, at);
        var outcome = (await inbox.PostAsync([entry], CancellationToken.None))[0];
        return outcome.Status == OutcomeStatus.Accepted ? TypedResults.Accepted((string?)null, EventOutcome.Of(outcome)) : TypedResults.Ok(EventOutcome.Of(outcome));
    }

    private static JsonElement OrderOf(JsonElement body) =>
        body.EnumerateObject().Last(field => field.Name.Equals("order", StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The tenant as the ordering platform names it: by its id or name, alone or in an object.</summary>
    private static string? TenantOf(JsonElement body) => !body.TryGetProperty("tenant", out var tenant) ? null : tenant.ValueKind switch
    {
        JsonValueKind.String => tenant.GetString(),
        JsonValueKind.Object => TenantNames.Select(name => tenant.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
            .FirstOrDefault(name => name is not null),
        _ => null,
    };

    /// <summary>Note: compared in constant time; a tenant without a secret is refused in the same way, after the same work.</summary>
    private static bool IsSigned(byte[] body, string? secret, string signature)
    {
        var wanted = SHA256.HashData([.. body, .. Encoding.UTF8.GetBytes(secret ?? "")]);
        var given = new byte[wanted.Length];
        var isHex = signature.Length == 2 * given.Length && Convert.FromHexString(signature, given, out _, out _) == System.Buffers.OperationStatus.Done;
        return CryptographicOperations.FixedTimeEquals(wanted, given) && isHex && secret is not null;
    }
}
