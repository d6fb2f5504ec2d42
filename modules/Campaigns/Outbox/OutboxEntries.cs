using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>The kinds of entries that concern what goes out. They name no person.</summary>
internal static class OutboxEntries
{
    public const string Delivered = "outbox.delivered";
    public const string Blank = "outbox.blank";

    public sealed record DeliveredBody(string Campaign, string Incarnation);

    public sealed record BlankBody(string Incarnation);

    public static NewEntry DeliveredOf(OutboxItem item, DateTimeOffset at) => NewEntry.Internal(
        item.Tenant, $"delivered:{item.Id}", Delivered, null, at, new DeliveredBody(item.Campaign, item.Incarnation));
}
