using Microsoft.Extensions.Logging;

namespace Loyalty.Passes.Deciding;

/// <summary>Loads what a batch of entries needs and decides it entry by entry, in memory. What fails is one entry.</summary>
internal sealed class Decider(
    PassParts parts, PassLoader loader, PositionClock positions, PassesOptions options, TimeProvider time, ILogger<Decider> log)
{
    /// <summary>Note: MongoDB holds documents of up to 16 MB.</summary>
    public const long MaxRecordBytes = 12 * 1024 * 1024;

    /// <summary>How often an entry may find in its turn that something is not loaded that an earlier entry of the pass has led to.</summary>
    private const int MaxPostponements = 3;

    private readonly Dictionary<string, int> postponed = new(StringComparer.Ordinal);

    public async Task<Decision> DecideAsync(long number, IReadOnlyList<InboxEntry> entries, BlockedKeys blocked, CancellationToken cancellationToken)
    {
        var pass = new Pass(number, [.. entries.Select(entry => entry.ToEntry())], parts, positions.Next);
        var units = await loader.LoadAsync(pass, cancellationToken);
        var turn = new Turn(pass, units, blocked);
        foreach (var unit in units.Entries)
            await DecideAsync(turn, unit);
        await loader.LoadAsync(pass, needs =>
        {
            foreach (var part in parts.AfterEntries)
                part.Needs(needs, pass);
        }, cancellationToken);
        foreach (var part in parts.AfterEntries)
            await part.AfterEntriesAsync(pass, cancellationToken);
        return new Decision(pass, [.. turn.Updates, .. pass.Releases], turn.IsFull, units.Steps.Count > 0);
    }

    /// <summary>For an entry for which not even a pass of its own could be decided or recorded.</summary>
    public Decision Park(long number, InboxEntry entry, Exception cause)
    {
        log.LogError(cause, "Entry {Entry} of kind {Kind} could not be recorded and is parked", entry.Id, entry.Kind);
        var pass = new Pass(number, [entry.ToEntry()], parts, positions.Next);
        return new Decision(pass, [Undecided(pass.Entries[0], EntryState.Parked, entry.Subject, loader.KeysOf(pass.Entries[0]), cause.Message)], false, false);
    }

    /// <summary>Another host may have decided since.</summary>
    public void Forget()
    {
        parts.Memories.Forget();
        postponed.Clear();
    }

    private async Task DecideAsync(Turn turn, Unit unit)
    {
        var entry = unit.Entry;
        if (turn.IsFull || turn.PostponedTenants.Contains(entry.Tenant))
            return;
        if (turn.Blocks(unit))
            turn.Hold(Undecided(entry, EntryState.Waiting, entry.Subject, unit.Keys, null));
        else if (parts.HandlerOf(entry.Kind) is not { } handler)
            turn.Hold(Undecided(entry, EntryState.Parked, entry.Subject, unit.Keys, $"This version knows no entries of the kind {entry.Kind}. A newer host may have written it."));
        else if (turn.Units.Failures.TryGetValue(unit, out var error))
            Park(turn, unit, error);
        else if (turn.Units.Steps.TryGetValue(unit, out var step))
            await DecideStepAsync(turn, unit, step);
        else
            await DecideAsync(turn, unit, () => handler.DecideAsync(turn.Pass, entry));
    }

    private async Task DecideAsync(Turn turn, Unit unit, Func<Task> decide)
    {
        var (pass, entry) = (turn.Pass, unit.Entry);
        try
        {
            await CommitAsync(turn, unit, decide);
            postponed.Remove(entry.Id);
            turn.End(Done(pass, entry, pass.Outcome));
        }
        catch (Exception error)
        {
            var (subject, cause) = (pass.Subject, Cause(error));
            pass.Rollback();
            if (cause is EntryRejectedException rejected)
                turn.End(Done(pass, entry, Outcome.Rejected(rejected.Problem, entry.EventId) with { Subject = subject }));
            else if (cause is RecordFullException && turn.Committed > 0)
                turn.IsFull = true;
            else if (cause is RecordFullException)
                turn.End(Done(pass, entry, Outcome.Rejected(TooLarge, entry.EventId) with { Subject = subject }));
            else if (cause is NotLoadedException && Postpone(entry))
                turn.PostponedTenants.Add(entry.Tenant);
            else
                Park(turn, unit, cause);
        }
    }

    /// <summary>Decides as many items as fit the budgets; what fails or has to wait becomes an entry of its own.</summary>
    private async Task DecideStepAsync(Turn turn, Unit unit, ChainStep? step)
    {
        var (pass, entry) = (turn.Pass, unit.Entry);
        pass.Begin(entry);
        if (step is null || !step.Handler.Continues(pass, entry, step.Chain))
        {
            await DecideAsync(turn, unit, () => EndAsync(pass, entry, step));
            return;
        }
        var (began, bytes, taken) = (time.GetTimestamp(), pass.Stage(), 0);
        foreach (var item in step.Items)
        {
            if (taken > 0 && (time.GetElapsedTime(began) > ChainStep.Time || pass.Stage() - bytes > ChainStep.Bytes) || !await DecideItemAsync(turn, step, item))
                break;
            taken++;
        }
        if (turn.IsFull && taken == 0)
            return;
        await DecideAsync(turn, unit, () => AdvanceAsync(pass, entry, step, taken));
    }

    /// <summary>False: it has to be left to the next step.</summary>
    private async Task<bool> DecideItemAsync(Turn turn, ChainStep step, Unit unit)
    {
        var (pass, entry) = (turn.Pass, unit.Entry);
        if (turn.Blocks(unit))
        {
            PutAside(turn, step, unit, EntryState.Waiting, null);
            return true;
        }
        try
        {
            if (turn.Units.Failures.TryGetValue(unit, out var failure))
                throw failure;
            await CommitAsync(turn, unit, () => step.Handler.DecideAsync(pass, entry, step.Chain, unit.Item!.Value.Item));
            return true;
        }
        catch (Exception error)
        {
            var cause = Cause(error);
            pass.Rollback();
            if (cause is RecordFullException && turn.Committed > 0)
            {
                turn.IsFull = true;
                return false;
            }
            if (cause is NotLoadedException && turn.Committed > 0)
                return false;
            if (cause is not EntryRejectedException)
            {
                log.LogError(cause, "A part of entry {Entry} of kind {Kind} could not be decided and is parked", entry.Id, entry.Kind);
                PutAside(turn, step, unit, EntryState.Parked, cause is RecordFullException ? TooLarge.Detail : cause.Message);
            }
            return true;
        }
    }

    private static void PutAside(Turn turn, ChainStep step, Unit unit, EntryState state, string? why)
    {
        var part = InboxEntry.Of(step.Chain.Part(unit.Item!.Value.Item, unit.Entry.AcceptedAt), unit.Entry.AcceptedAt, 0) with { State = state, Error = why, Keys = [.. unit.Keys] };
        turn.Pass.Append(part);
        turn.Pass.Commit(unit.Keys);
        turn.AddBlock(unit.Keys);
    }

    private static async Task AdvanceAsync(Pass pass, Entry entry, ChainStep step, int taken)
    {
        var chain = step.Chain.Advanced(taken == 0 ? step.Chain.Cursor : step.Items[taken - 1].Item!.Value.Cursor, taken, step.Items.Count);
        pass.Put(chain);
        if (taken == step.Items.Count && step.Items.Count < step.Chain.Slice)
            await EndAsync(pass, entry, step with { Chain = chain });
        else
            pass.Append(chain.NextStep(entry.AcceptedAt));
    }

    private static async Task EndAsync(Pass pass, Entry entry, ChainStep? step)
    {
        if (step is null)
            return;
        if (step.Handler.Continues(pass, entry, step.Chain))
            await step.Handler.CompletedAsync(pass, entry, step.Chain);
        pass.Put(step.Chain.Ended(entry.AcceptedAt));
    }

    private async Task CommitAsync(Turn turn, Unit unit, Func<Task> decide)
    {
        var pass = turn.Pass;
        pass.Begin(unit.Entry);
        await decide();
        foreach (var part in parts.AfterEntry)
            await part.AfterEntryAsync(pass);
        if (pass.Stage() > MaxRecordBytes)
            throw new RecordFullException();
        pass.Commit(unit.Keys);
        turn.Committed++;
    }

    private bool Postpone(Entry entry) => (postponed[entry.Id] = postponed.GetValueOrDefault(entry.Id) + 1) <= MaxPostponements;

    private void Park(Turn turn, Unit unit, Exception cause)
    {
        // Note: the entry's body may hold personal data, so the log names the entry and the fault, nothing else.
        log.LogError(cause, "Entry {Entry} of kind {Kind} could not be decided and is parked", unit.Entry.Id, unit.Entry.Kind);
        postponed.Remove(unit.Entry.Id);
        turn.Hold(Undecided(unit.Entry, EntryState.Parked, turn.Pass.Subject ?? unit.Entry.Subject, unit.Keys, cause.Message));
    }

    private InboxUpdate Done(Pass pass, Entry entry, Outcome outcome) => new(
        entry.Id, entry.Position, EntryState.Done, outcome, outcome.Subject ?? entry.Subject, null, entry.AcceptedAt + options.Retention,
        pass.Others.Count == 0 ? null : [.. pass.Others], null);

    private static InboxUpdate Undecided(Entry entry, EntryState state, string? subject, IEnumerable<string> keys, string? why) => new(
        entry.Id, entry.Position, state, Outcome.Accepted(entry.EventId), subject, why, null, null, [.. keys]);

    /// <summary>Note: a refusal counts before any fault that followed from it in a later listener.</summary>
    private static Exception Cause(Exception error)
    {
        if (error is not AggregateException many)
            return error;
        var causes = many.Flatten().InnerExceptions;
        return causes.FirstOrDefault(cause => cause is EntryRejectedException or NotLoadedException or RecordFullException) ?? causes[0];
    }

    private static EntryProblem TooLarge => EntryProblem.Of(
        "too_large", "What this entry would change is too large to be recorded at once. Make the entry, or what it changes, smaller.", 413);

    /// <summary>How far a pass has come.</summary>
    private sealed class Turn(Pass pass, PassUnits units, BlockedKeys blocked)
    {
        private readonly HashSet<string> blockedHere = new(StringComparer.Ordinal);

        public Pass Pass => pass;

        public PassUnits Units => units;

        public List<InboxUpdate> Updates { get; } = [];

        /// <summary>How many units the pass has committed.</summary>
        public int Committed { get; set; }

        public bool IsFull { get; set; }

        /// <summary>Tenants of which an entry has to be decided in the next pass, and so all that come after it.</summary>
        public HashSet<string> PostponedTenants { get; } = new(StringComparer.Ordinal);

        public bool Blocks(Unit unit) => blockedHere.Overlaps(unit.Keys) || blocked.Blocks(unit.Entry.Position, unit.Keys);

        public void AddBlock(IEnumerable<string> keys) => blockedHere.UnionWith(keys);

        public void Hold(InboxUpdate update)
        {
            Updates.Add(update);
            AddBlock(update.Keys ?? []);
        }

        public void End(InboxUpdate update) => Updates.Add(update);
    }

    private sealed class RecordFullException() : Exception("The record has no room for it.");
}
