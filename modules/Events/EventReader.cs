using System.Collections.Frozen;
using System.Text.Json;
using FluentValidation;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Events;

/// <summary>An element of a batch: an entry for the inbox, or what is wrong with it.</summary>
internal sealed record ReadEvent(NewEntry? Entry, EntryProblem? Problem, string? EventId);

/// <summary>Turns one element of a batch into an entry. Whatever is wrong with it concerns this element alone.</summary>
internal sealed class EventReader(IServiceProvider services, Tenants tenants)
{
    private readonly FrozenDictionary<Type, IValidator> rules = LoyaltyEvent.Kinds.Values.Distinct()
        .ToFrozenDictionary(type => type, type => (IValidator)services.GetRequiredService(typeof(IValidator<>).MakeGenericType(type)));

    /// <summary>Note: a clock may run ahead a little; a time far ahead would shut out every true one that follows.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(1);

    /// <param name="ownId">The event's id where the caller gives none.</param>
    public async ValueTask<ReadEvent> ReadAsync(
        JsonElement element, Caller caller, string ownId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return Wrong("$", "An event is an object.");
        var eventId = element.TryGetProperty("eventId", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
        if (KindOf(element) is not { } kind)
            return Wrong("event", $"Name the kind of event, one of {string.Join(", ", LoyaltyEvent.Kinds.Keys)}.", eventId);
        if (!Parse(element, LoyaltyEvent.Kinds[kind], out var happened, out var errors))
            return Wrong(errors, eventId);
        var validation = await rules[happened.GetType()].ValidateAsync(new ValidationContext<object>(happened), cancellationToken);
        if (!validation.IsValid)
            return Wrong(validation.ToFields(), eventId);
        if (happened.Ts > now + MaxAhead)
            return Wrong("ts", "This time is more than a day ahead; send the time at which it happened.", eventId);
        if (happened is DeletedEvent && !caller.Has(Roles.Loyalty))
            return new ReadEvent(null, EntryProblem.OfField("event", $"Erasing an account needs {Roles.Loyalty}.", "forbidden", 403), eventId);
        if (happened is OrderEvent order)
            happened = await InTenantZoneAsync(order, caller.Tenant, cancellationToken);
        var entry = new NewEntry(
            caller.Tenant, eventId ?? ownId, kind, happened.Account, happened.Ts ?? now, JsonSerializer.Serialize(happened, happened.GetType(), JsonSettings.Options))
        {
            Sender = caller.AsSender(),
        };
        return new ReadEvent(entry, null, entry.EventId);
    }

    private static string? KindOf(JsonElement element)
    {
        if (!element.TryGetProperty("event", out var kind))
            return element.TryGetProperty("type", out _) && element.TryGetProperty("id", out _) ? "RELATION" : null;
        return kind.ValueKind == JsonValueKind.String && LoyaltyEvent.Kinds.ContainsKey(kind.GetString()!) ? kind.GetString() : null;
    }

    private static bool Parse(JsonElement element, Type type, out LoyaltyEvent happened, out Dictionary<string, string[]> errors)
    {
        errors = [];
        happened = null!;
        try
        {
            happened = (LoyaltyEvent)element.Deserialize(type, JsonSettings.Options)!;
            return true;
        }
        catch (JsonException error)
        {
            errors = BadInput.Fields(error);
            return false;
        }
    }

    private async ValueTask<OrderEvent> InTenantZoneAsync(OrderEvent happened, string tenant, CancellationToken cancellationToken)
    {
        var zone = await tenants.ZoneOfAsync(tenant, cancellationToken);
        return happened with { Order = happened.Order.InZone(zone) };
    }

    private static ReadEvent Wrong(string path, string message, string? eventId = null) => new(null, EntryProblem.OfField(path, message), eventId);

    private static ReadEvent Wrong(Dictionary<string, string[]> errors, string? eventId) => new(null, new EntryProblem
    {
        Code = "validation",
        Detail = string.Join(" ", errors.Select(error => $"{error.Key}: {string.Join(" ", error.Value)}")),
        Errors = errors,
    }, eventId);
}
