namespace Loyalty.Outbox;

/// <summary>The channels by their names.</summary>
internal sealed class OutboxChannels(IEnumerable<IOutboxChannel> channels)
{
    private readonly Dictionary<string, IOutboxChannel> byName = channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal);

    /// <summary>Null: this version has no such channel.</summary>
    public IOutboxChannel? Of(OutboxItem item) => byName.GetValueOrDefault(item.Channel);

    public async Task<IReadOnlyDictionary<string, string>> ObsoleteAsync(IReadOnlyList<OutboxItem> items, CancellationToken cancellationToken)
    {
        var obsolete = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in items.GroupBy(item => item.Channel))
            if (byName.GetValueOrDefault(group.Key) is { } channel)
                foreach (var (id, why) in await channel.ObsoleteAsync([.. group], cancellationToken))
                    obsolete[id] = why;
        return obsolete;
    }
}
