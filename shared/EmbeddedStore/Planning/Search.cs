using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Query;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Planning;

/// <summary>
/// Finds what a write is to change. A long search runs in a snapshot before the write lock is taken; in the lock only what it
/// found, and what changed meanwhile, is looked at again. The result is that of a search inside the lock.
/// </summary>
internal sealed class Search(Filter filter, BsonValueRef hint, bool one)
{
    private readonly IReadOnlyList<KeyRange>? ids = hint.IsMissing && FieldRanges.Ids(filter) is { Count: <= Planning.Plan.FewDocuments } held ? held : null;
    private CollectionView? searched;
    private List<long> found = [];

    public Filter Filter => filter;

    /// <summary>The plan of a long search, once it ran.</summary>
    public string? Plan { get; private set; }

    public BsonValueRef Hint => hint;

    /// <summary>Whether it should run ahead, on a thread that may take its time.</summary>
    public bool IsLong(CollectionView view) => ids is null && !Planner.Choose(view, filter, hint: hint).IsShort;

    public void RunAhead(CollectionView view, CancellationToken cancelled)
    {
        var plan = Planner.Choose(view, filter, hint: hint);
        var records = plan.Run(cancelled).Select(match => match.Record);
        found = [.. one ? records.Take(1) : records];
        searched = view;
        Plan = plan.ToString();
    }

    /// <summary>The records to change, all of them collected first, so that a changed document is not met again further on.</summary>
    public List<long> InLock(Collection collection, Func<CancellationToken> cancelled)
    {
        if (searched is null && ids is not null)
            return ById(collection);
        if (searched is null || (one && found.Count == 1 && !StillMatches(collection, found[0])))
            return [.. FromIndexOrScan(collection, cancelled)];
        var changed = RecordChanges.Between(searched.Records, collection.CurrentRecords);
        var records = found.Union(changed).Where(record => StillMatches(collection, record));
        return [.. one ? records.Take(1) : records];
    }

    /// <summary>What the plan for such a filter finds, without making one.</summary>
    private List<long> ById(Collection collection)
    {
        var records = new List<long>(1);
        var entries = collection.Indexes[0].Entries;
        for (var i = 0; i < ids!.Count && !(one && records.Count == 1); i++)
            if (entries.TryFind(ids[i].Low, out var record) && filter.Matches(collection.Read(record)))
                records.Add(record);
        return records;
    }

    private IEnumerable<long> FromIndexOrScan(Collection collection, Func<CancellationToken> cancelled)
    {
        var plan = Planner.Choose(collection.Current, filter, hint: hint);
        var records = plan.Run(plan.IsShort ? CancellationToken.None : cancelled()).Select(match => match.Record);
        return one ? records.Take(1) : records;
    }

    private bool StillMatches(Collection collection, long record)
    {
        var place = collection.CurrentRecords[record];
        return !place.IsEmpty && filter.Matches(place.Document);
    }
}
