using Loyalty.Events.Contracts;

namespace Loyalty.Events;

/// <summary>Loads the parked entries that operators have ruled on, and those that wait behind them.</summary>
internal sealed class ParkedPart(InboxStore inbox) : IPassPart
{
    public async Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        var rulings = pass.Entries.Where(entry => entry.Kind is ParkedRuling.Retry or ParkedRuling.Discard).ToArray();
        if (rulings.Length == 0)
            return;
        var parked = await inbox.FindAsync([.. rulings.Select(ruling => Key.Of(ruling.Tenant, ruling.Read<ParkedRuling>().EventId)).Distinct()], cancellationToken);
        var waiting = await inbox.WaitingAsync(rulings.Select(ruling => ruling.Tenant).Distinct(), cancellationToken);
        pass.Hold(new ParkedEntries(parked, waiting));
    }
}

/// <summary>Parked entries by id, and all that wait behind a parked one.</summary>
internal sealed record ParkedEntries(Dictionary<string, InboxEntry> Parked, IReadOnlyList<InboxEntry> Waiting);
