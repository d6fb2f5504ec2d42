using System.Text.Json.Serialization;
using Loyalty.Web;

namespace Loyalty.Events.Contracts;

/// <summary>Something that happened to an account, posted by a till, a shop, a partner or an app.</summary>
[KindProperty("event")]
public abstract record LoyaltyEvent
{
    /// <summary>The account it happened to, <c>[a-zA-Z0-9._-]{3,64}</c>. Needed unless <c>card</c> names one; an ORDER may have neither.</summary>
    public string? Account { get; init; }

    /// <summary>The account's card, <c>[a-zA-Z0-9._-]{3,64}</c>.</summary>
    public string? Card { get; init; }

    /// <summary>Consents given or withdrawn together with the event.</summary>
    public Consents? Consents { get; init; }

    /// <summary>When it happened, in 1900 or later and at most a day ahead; the time of receipt if absent.</summary>
    public DateTimeOffset? Ts { get; init; }

    /// <summary>
    /// Idempotency key, unique in the tenant, <c>[a-zA-Z0-9._:-]{1,128}</c>. A repeat changes nothing and is answered
    /// DUPLICATE with the first outcome; a rejected event may be sent again, mended, under the same id.
    /// </summary>
    public string? EventId { get; init; }

    /// <summary>The kinds by their names, as the <c>event</c> property gives them.</summary>
    [JsonIgnore]
    public static IReadOnlyDictionary<string, Type> Kinds { get; } = KindsInJson.Of(typeof(LoyaltyEvent)).ToDictionary(kind => kind.Kind, kind => kind.Type);
}
