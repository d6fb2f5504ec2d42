namespace Loyalty.Outbox;

/// <summary>One way out: what a module says about what it sends.</summary>
public interface IOutboxChannel
{
    /// <summary>Such as <c>push</c>.</summary>
    string Name { get; }

    /// <summary>Where the tenant wants it; null if the tenant has no address or no secret any more.</summary>
    Task<OutboxTarget?> TargetOfAsync(OutboxItem item, CancellationToken cancellationToken);

    /// <summary>By id, why an item is not to be sent any more. One call per collection.</summary>
    Task<IReadOnlyDictionary<string, string>> ObsoleteAsync(IReadOnlyList<OutboxItem> items, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    /// <summary>The entry that says that an item has arrived; null: nobody wants to know.</summary>
    NewEntry? DeliveredEntry(OutboxItem item, DateTimeOffset at) => null;
}

/// <param name="Secret">Signs what is sent.</param>
public sealed record OutboxTarget(string Url, string Secret);
