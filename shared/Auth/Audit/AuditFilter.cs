using System.Globalization;
using Loyalty.Web;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>Filter and order of the audit log.</summary>
internal static class AuditFilter
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    private static readonly FilterDefinitionBuilder<AuditEntry> Where = Builders<AuditEntry>.Filter;

    /// <param name="Id">Those with these ids.</param>
    /// <param name="Action">Such as <c>user.change</c>.</param>
    /// <param name="By">The caller's handle or client id, as the list answers it.</param>
    /// <param name="Kind">What kind of caller.</param>
    /// <param name="Subject">What it was done to, as the list answers it.</param>
    /// <param name="Outside">True: what was done from outside the tenant; false: the rest.</param>
    /// <param name="From">From this instant on.</param>
    /// <param name="To">Before this instant.</param>
    public sealed record Fields(
        IReadOnlyList<string>? Id, string? Action, string? By, AuditBy? Kind, string? Subject, bool? Outside, DateTimeOffset? From, DateTimeOffset? To);

    public static FilterDefinition<AuditEntry> Of(string tenant, ListQuery query)
    {
        query.RequireFieldsOf<Fields>("Audit entries");
        var filter = Where.Eq(entry => entry.Tenant, tenant);
        if (query.Any("id") is { } ids)
            filter &= Where.In(entry => entry.Id, ids.Select(id => $"{tenant}/{id}"));
        if (query.One("action") is { } action)
            filter &= Where.Eq(entry => entry.Action, action);
        if (query.One("by") is { } by)
            filter &= Where.Eq(entry => entry.By, by);
        if (query.One("subject") is { } subject)
            filter &= Where.Eq(entry => entry.Subject, subject);
        if (query.One("kind") is { } kind)
            filter &= Where.Eq(entry => entry.Kind, Enum.TryParse<AuditBy>(kind, ignoreCase: true, out var known) && Enum.IsDefined(known)
                ? known : throw new BadParameterException("kind", $"Expected one of {string.Join(", ", Enum.GetNames<AuditBy>()).ToUpperInvariant()}."));
        if (query.One("outside") is { } outside)
            filter &= Flag(outside) ? Where.Eq(entry => entry.Kind, AuditBy.Administrator) : Where.Ne(entry => entry.Kind, AuditBy.Administrator);
        if (query.One("from") is { } from)
            filter &= Where.Gte(entry => entry.At, Instant("from", from));
        if (query.One("to") is { } to)
            filter &= Where.Lt(entry => entry.At, Instant("to", to));
        return filter;
    }

    public static SortDefinition<AuditEntry> Order(ListQuery query)
    {
        var sort = Builders<AuditEntry>.Sort;
        return query.Sort switch
        {
            null => sort.Descending(entry => entry.At).Descending(entry => entry.Id),
            "at" or "id" when query.Descending => sort.Descending(entry => entry.At).Descending(entry => entry.Id),
            "at" or "id" => sort.Ascending(entry => entry.At).Ascending(entry => entry.Id),
            _ => throw new BadParameterException("sort", "The audit log is sorted by at."),
        };
    }

    private static bool Flag(string text) => bool.TryParse(text, out var yes) ? yes : throw new BadParameterException("outside", "Expected true or false.");

    private static DateTimeOffset Instant(string field, string text) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new BadParameterException(field, "Expected an instant such as 2026-02-28T12:00:00Z.");
}
