namespace EmbeddedStore;

/// <summary>Whether the store takes writes, and if not, the reason, for a health check.</summary>
public sealed record StoreStatus(StoreCondition Condition, string Reason = "")
{
    internal static StoreStatus TakesWrites { get; } = new(StoreCondition.TakesWrites);
}

public enum StoreCondition
{
    TakesWrites,

    /// <summary>Writes are refused until the cause is gone: a full disk, say. Nothing need be started anew.</summary>
    RefusesWrites,

    /// <summary>Nobody knows any more whether memory and file agree: only a new start helps.</summary>
    Failed,
}
