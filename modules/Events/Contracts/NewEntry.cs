using System.Text.Json;
using Loyalty.Web;

namespace Loyalty.Events.Contracts;

/// <summary>An entry on its way into the inbox.</summary>
/// <param name="EventId">Repeats of the same id change nothing. Internal ids begin with <c>~</c>, which no caller may use.</param>
public sealed record NewEntry(string Tenant, string EventId, string Kind, string? Account, string? Card, DateTimeOffset At, string Body)
{
    public string Id => Key.Of(Tenant, EventId);

    public static NewEntry Internal<T>(string tenant, string id, string kind, string? account, DateTimeOffset at, T body) =>
        new(tenant, $"~{id}", kind, account, null, at, JsonSerializer.Serialize(body, JsonSettings.Options));
}
