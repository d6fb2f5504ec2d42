namespace Loyalty.Passes;

/// <summary>What follows from the documents as an entry has left them, whatever the entry was.</summary>
public interface IAfterEntry
{
    Task AfterEntryAsync(Pass pass);
}

/// <summary>All entries of a pass are decided: what follows from them together. It may load; it refuses nothing.</summary>
public interface IAfterEntries
{
    Task AfterEntriesAsync(Pass pass, CancellationToken cancellationToken);
}
