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

    private static UpdateDefinition<InboxEntry> Blank => Builders<InboxEntry>.Update
        .Set(entry => entry.Body, "{}").Set(entry => entry.EventId, "").Unset(entry => entry.Others).Unset(entry => entry.Keys).Unset(entry => entry.Subject)
        .Unset(entry => entry.Outcome!.EventId).Unset(entry => entry.Outcome!.Subject).Unset(entry => entry.Outcome!.Details).Unset(entry => entry.Outcome!.Problem);
}
