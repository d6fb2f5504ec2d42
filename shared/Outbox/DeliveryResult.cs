using System.Net;

namespace Loyalty.Outbox;

/// <summary>What a delivery came to.</summary>
internal abstract record DeliveryResult
{
    public sealed record Delivered(int Status) : DeliveryResult;

    /// <summary>It may work later.</summary>
    /// <param name="After">The receiver asks to be left alone for so long.</param>
    public sealed record Again(string Why, int? Status = null, TimeSpan? After = null) : DeliveryResult;

    /// <summary>Repeating the same would not help.</summary>
    public sealed record Dead(string Why, int? Status = null) : DeliveryResult;

    /// <summary>Note: the status alone decides; what else an answer says is not even read.</summary>
    public static DeliveryResult Of(HttpStatusCode status, TimeSpan? retryAfter) => (int)status switch
    {
        >= 200 and < 300 => new Delivered((int)status),
        408 or 425 or 429 or >= 500 => new Again($"The receiver answered {(int)status}.", (int)status, retryAfter),
        >= 300 and < 400 => new Dead($"The receiver answered {(int)status}: redirects are not followed. Correct the address, then resend.", (int)status),
        410 => new Dead("The receiver answered 410: it is gone for good. Correct the address, then resend.", (int)status),
        _ => new Dead($"The receiver refused it with a {(int)status}, which would not change by itself. Mend the receiver or the settings, then resend.", (int)status),
    };
}
