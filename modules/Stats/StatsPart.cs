using Loyalty.Events.Contracts;

namespace Loyalty.Stats;

/// <summary>Facts are only added, so nothing need be loaded.</summary>
internal sealed class StatsPart : IPassPart
{
    public Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        pass.Use(new Additions<Fact>(FactStore.Name));
        return Task.CompletedTask;
    }
}
