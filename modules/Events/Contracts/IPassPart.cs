namespace Loyalty.Events.Contracts;

/// <summary>What a module contributes to a pass: which accounts its entries touch, which documents must be at hand, what follows from all that was decided.</summary>
public interface IPassPart
{
    /// <summary>Adds to <see cref="Pass.Touched"/> every account that these entries may concern.</summary>
    Task TouchAsync(Pass pass, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Loads what deciding about the touched accounts needs: one call per collection, whatever the number of entries.</summary>
    Task LoadAsync(Pass pass, CancellationToken cancellationToken);

    /// <summary>An entry has been decided, and all its listeners have run: what follows from the documents as they are now.</summary>
    Task AfterEntryAsync(Pass pass) => Task.CompletedTask;

    /// <summary>All entries are decided: what follows from them together. It may load, in one call per collection, and it refuses nothing.</summary>
    Task AfterEntriesAsync(Pass pass, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The pass has been recorded and written: what it decided may be remembered for the next one.</summary>
    void Remember(Pass pass)
    {
    }

    /// <summary>Another host may have decided since: what was remembered may be wrong.</summary>
    void Forget()
    {
    }
}
