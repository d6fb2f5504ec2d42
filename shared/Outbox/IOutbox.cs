namespace Loyalty.Outbox;

/// <summary>What goes out, for operators.</summary>
public interface IOutbox
{
    Task<IReadOnlyList<OutboxItem>> ListAsync(string tenant, OutboxStatus? status, int limit, CancellationToken cancellationToken);

    Task<OutboxItem?> FindAsync(string tenant, string id, CancellationToken cancellationToken);

    /// <summary>Tries a dead letter again, from the beginning and whatever the hour; false if it is none any more.</summary>
    Task<bool> ResendAsync(string id, CancellationToken cancellationToken);
}

public static class OutboxInPass
{
    /// <summary>Sends something once the entry being decided is recorded.</summary>
    public static void Send(this Pass pass, OutboxItem item) => pass.Additions<OutboxItem>().Add(item);
}
