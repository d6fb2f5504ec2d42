using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Accounts;

/// <summary>
/// Decides the entries that place accounts: all of a tenant when its rules change, those that time has moved when a day begins. Each is a chain of
/// entries that take 500 accounts and append their successor, so it goes on where it was after a crash. Placing goes by the time at which the
/// chain began.
/// </summary>
internal sealed class OnSegmentEntry : INotificationHandler<EventHappened>
{
    public Task Handle(EventHappened notification, CancellationToken cancellationToken)
    {
        var (pass, entry) = notification;
        switch (entry.Kind)
        {
            case SegmentEntries.Rules:
                SetRules(pass, entry, entry.Read<SegmentEntries.RulesBody>().Rules);
                break;
            case SegmentEntries.Daily:
                BeginDay(pass, entry, entry.Read<SegmentEntries.DailyBody>().At);
                break;
            case SegmentEntries.PlaceAll:
                PlaceAll(pass, entry, entry.Read<SegmentEntries.PlaceAllBody>());
                break;
            case SegmentEntries.PlaceDue:
                PlaceDue(pass, entry, entry.Read<SegmentEntries.PlaceDueBody>());
                break;
        }
        return Task.CompletedTask;
    }

    private static void SetRules(Pass pass, Entry entry, IReadOnlyList<SegmentRule> rules)
    {
        var segments = KeepSegments.Of(pass);
        segments = segments with { Rules = rules, Version = segments.Version + 1, IsPlacingAll = true, PlacedUpTo = null, ComputedAt = null };
        pass.Documents<TenantSegments>().Put(segments);
        pass.Append(SegmentEntries.AllOf(entry, segments.Version, 0));
    }

    private static void BeginDay(Pass pass, Entry entry, DateTimeOffset at)
    {
        if (pass.Documents<TenantSegments>().Find(entry.Tenant) is not { } segments || segments.NextRun > at)
            return;
        var next = KeepSegments.NextMidnight(pass);
        pass.Documents<TenantSegments>().Put(segments with { NextRun = next });
        pass.FallsDue(SegmentsDue.Source, next);
        pass.Append(SegmentEntries.DueOf(entry, 0));
    }

    /// <summary>Note: a chain that began under rules which have changed since ends here; another has begun.</summary>
    private static void PlaceAll(Pass pass, Entry entry, SegmentEntries.PlaceAllBody body)
    {
        var documents = pass.Documents<TenantSegments>();
        if (documents.Find(entry.Tenant) is not { } segments || segments.Version != body.Version)
            return;
        var ids = Place(pass, entry, segments);
        if (ids.Count == SegmentBatches.Size)
        {
            documents.Put(segments with { PlacedUpTo = ids[^1] });
            pass.Append(SegmentEntries.AllOf(entry, body.Version, body.Step + 1));
        }
        else
            documents.Put(segments with { IsPlacingAll = false, PlacedUpTo = null, ComputedAt = entry.AcceptedAt });
    }

    private static void PlaceDue(Pass pass, Entry entry, SegmentEntries.PlaceDueBody body)
    {
        var documents = pass.Documents<TenantSegments>();
        if (documents.Find(entry.Tenant) is not { } segments)
            return;
        if (Place(pass, entry, segments).Count == SegmentBatches.Size)
            pass.Append(SegmentEntries.DueOf(entry, body.Step + 1));
        else if (!segments.IsPlacingAll)
            documents.Put(segments with { ComputedAt = entry.AcceptedAt });
    }

    private static IReadOnlyList<string> Place(Pass pass, Entry entry, TenantSegments segments)
    {
        var ids = pass.Held<SegmentBatches>().Of(entry.Id);
        foreach (var account in ids.Select(id => pass.Account(entry.Tenant, id)).OfType<Account>())
            KeepSegments.Place(pass, segments, account);
        return ids;
    }
}
