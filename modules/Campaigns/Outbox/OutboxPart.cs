using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>What passes send is added only, so nothing need be loaded; once it is written, the outbox of this host is woken.</summary>
internal sealed class OutboxPart(OutboxSignal signal) : IPassPart
{
    public Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        pass.Use(new Additions<OutboxItem>(OutboxStore.Name));
        return Task.CompletedTask;
    }

    public void Remember(Pass pass)
    {
        if (pass.Additions<OutboxItem>().All.Count > 0)
            signal.Raise();
    }
}
