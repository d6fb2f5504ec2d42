namespace Loyalty.Events.Contracts;

/// <summary>What a module contributes to a pass: which accounts its entries touch, and which documents must be at hand.</summary>
public interface IPassPart
{
    /// <summary>Adds to <see cref="Pass.Touched"/> every account that these entries may concern.</summary>
    Task TouchAsync(Pass pass, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Loads what deciding about the touched accounts needs: one call per collection, whatever the number of entries.</summary>
    Task LoadAsync(Pass pass, CancellationToken cancellationToken);
}
