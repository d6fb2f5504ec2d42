using Loyalty.Events.Contracts;
using Loyalty.Stats;

namespace Loyalty.Tests;

/// <summary>Loads from a <see cref="PassRoom"/> what <see cref="StatsPart"/> loads from the database: that, and no more.</summary>
internal sealed class RoomStats(PassRoom room) : IPassPart
{
    public Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        StatsPart.Use(pass);
        return Task.CompletedTask;
    }

    public Task AfterEntriesAsync(Pass pass, CancellationToken cancellationToken)
    {
        var (days, totals) = CountFacts.Needed(pass);
        pass.Documents<CampaignDay>().Load(days, room.Days.Where(day => days.Contains(day.Id)));
        pass.Documents<CampaignTotal>().Load(totals, room.Totals.Where(total => totals.Contains(total.Id)));
        foreach (var (_, first) in CountMoves.Needed(pass).ToArray())
            CountMoves.Load(pass, room.SegmentDays.Where(day => day.Day >= first).Concat(room.SegmentDays.Where(day => day.Day < first).OrderBy(day => day.Day).TakeLast(1)));
        CountFacts.Apply(pass);
        CountMoves.Apply(pass);
        return Task.CompletedTask;
    }
}
