using MongoDB.Driver;

namespace Loyalty.Events.Contracts;

/// <summary>Erasure in the inbox.</summary>
public static class PassErasure
{
    /// <summary>Blanks what has been said of an account so far. Ids and outcomes stay, so that repeats are still recognised.</summary>
    public static void BlankEntriesOf(this Pass pass, string tenant, string account)
    {
        var position = pass.Entry.Position;
        pass.UpdateAll(
            InboxStore.Name,
            Builders<InboxEntry>.Filter.Where(entry =>
                entry.Tenant == tenant && entry.Account == account && entry.State == EntryState.Done && entry.Position < position),
            Builders<InboxEntry>.Update.Set(entry => entry.Body, "{}").Unset(entry => entry.Card));
    }
}
