using MongoDB.Driver;

namespace Loyalty.Outbox;

/// <summary>A subject is erased: what has not been delivered is not sent any more, and what was loses all that is personal.</summary>
public static class OutboxErasure
{
    /// <summary>How long withdrawn items are kept.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <param name="incarnation">The random name of this life of the subject, so that a later one of the same id keeps its own.</param>
    /// <param name="personal">The keys of <see cref="OutboxItem.About"/> whose values are personal.</param>
    public static void BlankOutboxOf(this Pass pass, string incarnation, params string[] personal)
    {
        Blank(pass, incarnation, personal);
        // Note: what this very pass adds may be written after the updates; the next pass sees it.
        if (pass.Additions<OutboxItem>().All.Any(item => item.Incarnation == incarnation))
            pass.Append(new BlankOutbox.Body(incarnation, personal));
    }

    internal static void Blank(Pass pass, string incarnation, string[] personal)
    {
        var update = Builders<OutboxItem>.Update;
        pass.UpdateAll(OutboxStore.Name, Builders<OutboxItem>.Filter.Where(item => item.Incarnation == incarnation && item.Status == OutboxStatus.Pending), update
            .Set(item => item.Status, OutboxStatus.Withdrawn).Set(item => item.Why, "The subject was erased.")
            .Set(item => item.ExpireAt, pass.Now + Kept).Unset(item => item.NextAt).Unset(item => item.Holder));
        var blank = update.Set(item => item.Subject, "").Set(item => item.Body, "");
        foreach (var key in personal)
            blank = blank.Unset(item => item.About[key]);
        pass.UpdateAll(OutboxStore.Name, Builders<OutboxItem>.Filter.Where(item => item.Incarnation == incarnation), blank);
    }
}

/// <summary>Blanks what the pass of the erasure itself has sent.</summary>
internal sealed class BlankOutbox : EntryHandler<BlankOutbox.Body>
{
    [EntryKind("outbox.blank")]
    internal sealed record Body(string Incarnation, string[] Personal);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        OutboxErasure.Blank(pass, body.Incarnation, body.Personal);
        return Task.CompletedTask;
    }
}
