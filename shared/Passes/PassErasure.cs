using MongoDB.Driver;

namespace Loyalty.Passes;

/// <summary>Erasure in the inbox.</summary>
public static class PassErasure
{
    /// <summary>
    /// Blanks what has been said of a subject so far, and by entries of others that name it. Only the hashed ids and the statuses stay, so that
    /// repeats are still recognised.
    /// </summary>
    public static void BlankEntriesOf(this Pass pass, string tenant, string subject)
    {
        var position = pass.Entry.Position;
        var decided = Builders<InboxEntry>.Filter.Where(entry => entry.Tenant == tenant && entry.State == EntryState.Done && entry.Position < position);
        pass.UpdateAll(InboxStore.Name, decided & Builders<InboxEntry>.Filter.Eq(entry => entry.Subject, subject), Blank);
        pass.UpdateAll(InboxStore.Name, decided & Builders<InboxEntry>.Filter.AnyEq(entry => entry.Others, subject), Blank);
    }

    /// <summary>
    /// Blanks single entries once they are decided: those that the erasure itself consists of, as they name the subject, too. What this entry
    /// tells its sender stays.
    /// </summary>
    /// <param name="entries">Ids in the inbox. What is appended before this is decided before it.</param>
    public static void BlankAfterwards(this Pass pass, IReadOnlyList<string> entries) => pass.Append(new BlankEntries.Body([pass.Entry.Id, .. entries]));

    internal static void BlankEntries(this Pass pass, IReadOnlyList<string> entries)
    {
        var decided = Builders<InboxEntry>.Filter.In(entry => entry.Id, entries) & Builders<InboxEntry>.Filter.Eq(entry => entry.State, EntryState.Done);
        pass.UpdateAll(InboxStore.Name, decided, Nameless);
    }

    private static UpdateDefinition<InboxEntry> Blank => Nameless.Unset(entry => entry.Outcome!.Details).Unset(entry => entry.Outcome!.Problem);

    private static UpdateDefinition<InboxEntry> Nameless => Builders<InboxEntry>.Update
        .Unset(entry => entry.Sender)
        .Set(entry => entry.Body, "{}").Set(entry => entry.EventId, "").Unset(entry => entry.Others).Unset(entry => entry.Keys).Unset(entry => entry.Subject)
        .Unset(entry => entry.Outcome!.EventId).Unset(entry => entry.Outcome!.Subject);
}

/// <summary>Blanks entries that an erasure consists of.</summary>
internal sealed class BlankEntries : EntryHandler<BlankEntries.Body>
{
    /// <param name="Entries">Ids in the inbox, which are hashes.</param>
    [EntryKind("passes.blank")]
    internal sealed record Body(IReadOnlyList<string> Entries);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        pass.BlankEntries(body.Entries);
        return Task.CompletedTask;
    }
}
