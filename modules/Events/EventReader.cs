using System.Collections.Frozen;
using System.Text.Json;
using FluentValidation;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loyalty.Events;

/// <summary>An element of a batch: an entry for the inbox, or what is wrong with it.</summary>
internal sealed record ReadEvent(NewEntry? Entry, EntryProblem? Problem, string? EventId);

/// <summary>Turns one element of a batch into an entry. Whatever is wrong with it concerns this element alone.</summary>
internal sealed class EventReader(IServiceProvider services, Tenants tenants, ILogger<EventReader> log)
{
    /// <summary>Note: problems are stored with the answers that an Idempotency-Key repeats, so they stay small.</summary>
    private const int MostFields = 8;

    private readonly FrozenDictionary<Type, IValidator> rules = LoyaltyEvent.Kinds.Values.Distinct()
        .ToFrozenDictionary(type => type, type => (IValidator)services.GetRequiredService(typeof(IValidator<>).MakeGenericType(type)));

    /// <summary>Note: a clock may run ahead a little; a time far ahead would shut out every true one that follows.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(1);

    /// <param name="ownId">The event's id where the caller gives none.</param>
    public async ValueTask<ReadEvent> ReadAsync(
        JsonItem item, Caller caller, string ownId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (happened, kind, problem, eventId) = Read(item, caller, now);
        if (happened is null)
            return new ReadEvent(null, problem, eventId);
        if (happened is OrderEvent order)
            happened = order with { Order = order.Order.WithoutContacts().InZone(await tenants.ZoneOfAsync(caller.Tenant, cancellationToken)) };
        var entry = new NewEntry(
            caller.Tenant, eventId ?? ownId, kind!, happened.Account, happened.Ts ?? now, JsonSerializer.Serialize(happened, happened.GetType(), JsonSettings.Options))
        {
            Sender = caller.AsSender(),
        };
        return new ReadEvent(entry, null, entry.EventId);
    }

    private Reading Read(JsonItem item, Caller caller, DateTimeOffset now)
    {
        try
        {
            return item.Fault is { } fault ? Wrong(fault.Path, fault.Message) : Read(item.Json.Span, caller, now);
        }
        catch (Exception error)
        {
            // Note: reading looks at this element alone, so a fault of ours in it is no reason to refuse its neighbours.
            log.LogError(error, "An event could not be read");
            return Wrong("$", "This event cannot be read; that has been logged.");
        }
    }

    private Reading Read(ReadOnlySpan<byte> json, Caller caller, DateTimeOffset now)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var element = document.RootElement;
        if (element.ValueKind != JsonValueKind.Object)
            return Wrong("$", "An event is an object.");
        var eventId = TextOf(element, "eventId") is { } id && Patterns.IsEventId(id) ? id : null;
        if (KindOf(element) is not { } kind)
            return Wrong("event", $"Name the kind of event, one of {string.Join(", ", LoyaltyEvent.Kinds.Keys)}.", eventId);
        var type = LoyaltyEvent.Kinds[kind];
        if (!JsonInput.TryReadChecked<LoyaltyEvent>(json, type, out var happened, out var unreadable))
            return Wrong(unreadable!.Errors, eventId);
        var validation = rules[type].Validate(new ValidationContext<object>(happened));
        if (!validation.IsValid)
            return Wrong(validation.ToFields(), eventId);
        if (happened.Ts > now + MaxAhead)
            return Wrong("ts", "This time is more than a day ahead; send the time at which it happened.", eventId);
        if (happened is DeletedEvent && !caller.Has(Roles.Loyalty))
            return Wrong(EntryProblem.OfField("event", $"Erasing an account needs {Roles.Loyalty}.", "forbidden", 403), eventId);
        return new Reading(happened, kind, null, eventId);
    }

    private static string? KindOf(JsonElement element)
    {
        if (!element.TryGetProperty("event", out _))
            return element.TryGetProperty("type", out _) && element.TryGetProperty("id", out _) ? "RELATION" : null;
        return TextOf(element, "event") is { } kind && LoyaltyEvent.Kinds.ContainsKey(kind) ? kind : null;
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static Reading Wrong(string path, string message, string? eventId = null) => new(null, null, EntryProblem.OfField(path, message), eventId);

    private static Reading Wrong(IReadOnlyDictionary<string, string[]> errors, string? eventId)
    {
        var told = errors.Take(MostFields).ToDictionary();
        var detail = string.Join(" ", told.Select(error => $"{error.Key}: {string.Join(" ", error.Value)}"));
        return Wrong(new EntryProblem { Code = "validation", Detail = detail, Errors = told }, eventId);
    }

    private static Reading Wrong(EntryProblem problem, string? eventId) => new(null, null, problem, eventId);

    private sealed record Reading(LoyaltyEvent? Happened, string? Kind, EntryProblem? Problem, string? EventId);
}
