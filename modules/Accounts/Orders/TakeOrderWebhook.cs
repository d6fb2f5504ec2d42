using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>What of the body is looked at.</summary>
    public sealed record Body(Order Order);

    public static Task<Results<Ok<EventOutcome>, Accepted<EventOutcome>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{3,64}")] string tenant, HttpRequest request, TakeOrderWebhook webhook, CancellationToken cancellationToken) =>
        webhook.HandleAsync(tenant, request, cancellationToken);

    private async Task<Results<Ok<EventOutcome>, Accepted<EventOutcome>, ProblemHttpResult>> HandleAsync(string tenant, HttpRequest request, CancellationToken cancellationToken)
    {
        var raw = await JsonBytes.ReadRawAsync(request, cancellationToken);
        if (raw.Length > MaxBytes)
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "body_too_large", "An order has at most 1 MB.");
        var secret = (await settings.OfAsync(tenant, cancellationToken)).OrderWebhookSecret;
        if (!IsSigned(raw, secret, request.Headers["x-signature"].ToString()))
            return Problems.Unauthorized("bad_signature", "Sign the raw body: x-signature is the hex SHA-256 of the body followed by the tenant's secret.");
        if (!JsonInput.TryRead<Body>(JsonBytes.InUtf8(request, raw).Span, out var body, out var unreadable))
            return unreadable!.ToProblem();
        var validation = await rules.ValidateAsync(new OrderEvent { Order = body.Order }, cancellationToken);
        if (!validation.IsValid)
            return Problems.Validation(validation.ToFields());
        var zone = await tenants.ZoneOfAsync(tenant, cancellationToken);
        var order = body.Order.InZone(zone);
        var happened = new OrderEvent { Order = order };
        var now = time.GetUtcNow();
        var changed = order.LastChanged?.In(zone);
        var at = changed < now ? changed.Value : now;
        var entry = NewEntry.Of(tenant, $"webhook {order.Id} {order.Status} {changed?.UtcTicks}", happened, at);
        var outcome = (await inbox.PostAsync([entry], CancellationToken.None))[0];
        return outcome.Status == OutcomeStatus.Accepted ? TypedResults.Accepted((string?)null, EventOutcome.Of(outcome)) : TypedResults.Ok(EventOutcome.Of(outcome));
    }

    /// <summary>Note: compared in constant time; a tenant without a secret is refused in the same way, after the same work.</summary>
    private static bool IsSigned(byte[] body, string? secret, string signature)
    {
        var wanted = SHA256.HashData([.. body, .. Encoding.UTF8.GetBytes(secret ?? "")]);
        var given = new byte[wanted.Length];
        var isHex = signature.Length == 2 * given.Length && Convert.FromHexString(signature, given, out _, out _) == System.Buffers.OperationStatus.Done;
        return CryptographicOperations.FixedTimeEquals(wanted, given) && isHex && secret is not null;
    }
}
