using Loyalty.Events.Contracts;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Loyalty.Events;

/// <summary>Loads what a batch of entries touches and decides it entry by entry, in memory.</summary>
internal sealed class Decider(IMediator mediator, IEnumerable<IPassPart> parts, PositionClock positions, EventsOptions options, ILogger<Decider> log)
{
    /// <param name="parked">Keys of accounts that have a parked entry.</param>
    public async Task<Decision> DecideAsync(IReadOnlyList<InboxEntry> entries, IEnumerable<string> parked, CancellationToken cancellationToken)
    {
        var blocked = new HashSet<string>(parked, StringComparer.Ordinal);
        var pass = new Pass([.. entries.Select(entry => entry.ToEntry())], blocked, positions.Next);
        foreach (var part in parts)
            await part.TouchAsync(pass, cancellationToken);
        foreach (var part in parts)
            await part.LoadAsync(pass, cancellationToken);
        var marks = new List<Mark>(entries.Count);
        foreach (var entry in pass.Entries)
        {
            var mark = await DecideAsync(pass, entry);
            if (mark is { State: EntryState.Parked, Account: { } account })
                blocked.Add(Key.Of(entry.Tenant, account));
            if (mark.State != EntryState.Pending)
                marks.Add(mark);
        }
        foreach (var part in parts)
            await part.AfterEntriesAsync(pass, cancellationToken);
        return new Decision(pass, [.. marks, .. pass.Releases]);
    }

    /// <summary>For an entry about which not even what it touches can be loaded.</summary>
    public Decision Park(InboxEntry entry, Exception error)
    {
        log.LogError(error, "What entry {Entry} of kind {Kind} touches could not be loaded; it is parked", entry.Id, entry.Kind);
        var undecided = new Outcome { Status = OutcomeStatus.Accepted, EventId = entry.EventId };
        return new Decision(
            new Pass([entry.ToEntry()], new HashSet<string>(), positions.Next),
            [new Mark(entry.Id, entry.Position, EntryState.Parked, undecided, entry.Account, error.Message, null)], WasLoaded: false);
    }

    /// <summary>The decision stands and is written.</summary>
    public void Remember(Decision decision)
    {
        foreach (var part in parts.Where(_ => decision.WasLoaded))
            part.Remember(decision.Pass);
    }

    /// <summary>Another host may have decided since.</summary>
    public void Forget()
    {
        foreach (var part in parts)
            part.Forget();
    }

    private async Task<Mark> DecideAsync(Pass pass, Entry entry)
    {
        pass.Begin(entry);
        try
        {
            await mediator.Publish(new EventHappened(pass, entry));
            foreach (var part in parts)
                await part.AfterEntryAsync(pass);
            pass.Commit();
            return Done(pass.Outcome);
        }
        catch (Exception error)
        {
            pass.Rollback();
            var cause = Cause(error);
            if (cause is EntryRejectedException rejected)
                return Done(Outcome.Rejected(rejected.Problem, entry.EventId) with { Account = pass.Account });
            if (cause is BehindParkedEntryException)
                return Undecided(EntryState.Waiting, null);
            if (cause is BehindReleasedEntryException)
                return Undecided(EntryState.Pending, null);
            // Note: the entry's body may hold personal data, so the log names the entry and the fault, nothing else.
            log.LogError(cause, "Entry {Entry} of kind {Kind} could not be decided and is parked", entry.Id, entry.Kind);
            return Undecided(EntryState.Parked, cause.Message);
        }

        Mark Done(Outcome outcome) => new(entry.Id, entry.Position, EntryState.Done, outcome, pass.Account ?? entry.Account, null,
            entry.AcceptedAt + options.Retention);

        Mark Undecided(EntryState state, string? why) => new(entry.Id, entry.Position, state,
            new Outcome { Status = OutcomeStatus.Accepted, EventId = entry.EventId }, pass.Account ?? entry.Account, why, null);
    }

    /// <summary>Note: a refusal counts before any fault that followed from it in a later listener.</summary>
    private static Exception Cause(Exception error)
    {
        if (error is not AggregateException many)
            return error;
        var causes = many.Flatten().InnerExceptions;
        return causes.FirstOrDefault(cause => cause is EntryRejectedException or BehindParkedEntryException or BehindReleasedEntryException) ?? causes[0];
    }
}

/// <summary>What a batch came to, before it is recorded.</summary>
/// <param name="WasLoaded">False: nothing was loaded, so there is nothing to be remembered.</param>
internal sealed record Decision(Pass Pass, IReadOnlyList<Mark> Marks, bool WasLoaded = true)
{
    /// <summary>
    /// Whether the next pass may begin before the inbox knows of this one. Note: it may not where somebody is parked, waits or is let go,
    /// because that is what the next pass reads in the inbox.
    /// </summary>
    public bool OnlyEnds => Pass.Releases.Count == 0 && Marks.All(mark => mark.State == EntryState.Done);
}
