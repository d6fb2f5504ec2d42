using MongoDB.Driver;

namespace Loyalty.Outbox;

/// <summary>A subject is erased: what has not been delivered is not sent any more, and what was loses all that is personal.</summary>
public static class OutboxErasure
{
    /// <summary>How long withdrawn items are kept.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <param name="incarnation">The random name of this life of the subject, so that a later one of the same id keeps its own.</param>
    public static void BlankOutboxOf(this Pass pass, string incarnation)
    {
        Blank(pass, incarnation);
        // Note: what this very pass adds may be written after the updates; the next pass sees it.
        if (pass.Additions<OutboxItem>().All.Any(item => item.Incarnation == incarnation))
            pass.Append(new BlankOutbox.Body(incarnation));
    }

    internal static void Blank(Pass pass, string incarnation)
    {
        var update = Builders<OutboxItem>.Update;
        pass.UpdateAll(OutboxStore.Name, Builders<OutboxItem>.Filter.Where(item => item.Incarnation == incarnation && item.Status == OutboxStatus.Pending), update
            .Set(item => item.Status, OutboxStatus.Withdrawn).Set(item => item.Why, "The subject was erased.")
            .Set(item => item.ExpireAt, pass.Now + Kept).Unset(item => item.NextAt).Unset(item => item.Holder));
        pass.UpdateAll(OutboxStore.Name, Builders<OutboxItem>.Filter.Where(item => item.Incarnation == incarnation), update
            .Set(item => item.Subject, "").Set(item => item.Body, "").Set(item => item.About, new Dictionary<string, string>()));
    }
}

/// <summary>Blanks what the pass of the erasure itself has sent.</summary>
internal sealed class BlankOutbox : EntryHandler<BlankOutbox.Body>
{
    [EntryKind("outbox.blank")]
    internal sealed record Body(string Incarnation);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        OutboxErasure.Blank(pass, body.Incarnation);
        return Task.CompletedTask;
    }
}
