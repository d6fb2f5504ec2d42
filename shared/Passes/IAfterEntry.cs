namespace Loyalty.Passes;

/// <summary>What follows from the documents as an entry has left them, whatever the entry was.</summary>
public interface IAfterEntry
{
    Task AfterEntryAsync(Pass pass);
}

/// <summary>All entries of a pass are decided: what follows from them together. It refuses nothing.</summary>
public interface IAfterEntries
{
    /// <summary>Names what it takes; loaded before <see cref="AfterEntriesAsync"/>.</summary>
    void Needs(Needs needs, Pass pass);

    /// <summary>It may read more.</summary>
    Task AfterEntriesAsync(Pass pass, CancellationToken cancellationToken);
}
