using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace Loyalty.Events.Contracts;

/// <summary>
/// A batch of entries being decided together, in memory: the documents they touch, changed entry by entry. What an entry
/// did is kept or taken back as a whole.
/// </summary>
public sealed class Pass
{
    private readonly Dictionary<Type, IPassDocuments> documents = [];
    private readonly Dictionary<Type, object> held = [];
    private readonly HashSet<string> released = new(StringComparer.Ordinal);
    private readonly List<Mark> releases = [];
    private readonly IReadOnlySet<string> parked;
    private readonly Func<long> nextPosition;
    private readonly List<(string Collection, WideUpdate Update)> wide = [];
    private readonly Dictionary<string, DateTimeOffset> fallingDue = new(StringComparer.Ordinal);
    private int committed;
    private Entry? current;

    internal Pass(IReadOnlyList<Entry> entries, IReadOnlySet<string> parked, Func<long> nextPosition)
    {
        Entries = entries;
        this.parked = parked;
        this.nextPosition = nextPosition;
        Use(new Additions<InboxEntry>(InboxStore.Name));
    }

    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>Keys (tenant and id) of the accounts that the entries may concern.</summary>
    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    /// <summary>The entry being decided.</summary>
    public Entry Entry => current ?? throw new InvalidOperationException("No entry is being decided.");

    internal Outcome Outcome { get; private set; } = new() { Status = OutcomeStatus.Applied };

    internal string? Account { get; private set; }

    public Documents<T> Use<T>(Documents<T> set) where T : class, IPassDocument
    {
        documents.Add(typeof(T), set);
        return set;
    }

    public Additions<T> Use<T>(Additions<T> set) where T : class
    {
        documents.Add(typeof(T), set);
        return set;
    }

    /// <summary>Keeps something else that a module needs for the length of the pass.</summary>
    public void Hold<T>(T value) where T : class => held.Add(typeof(T), value);

    public T Held<T>() where T : class => (T)held[typeof(T)];

    public Documents<T> Documents<T>() where T : class, IPassDocument => (Documents<T>)documents[typeof(T)];

    public Additions<T> Additions<T>() where T : class => (Additions<T>)documents[typeof(T)];

    /// <summary>Says whom the entry concerns. Behind a parked entry of the same account it has to wait.</summary>
    public void Concerns(string account)
    {
        Account = account;
        var key = Key.Of(Entry.Tenant, account);
        if (released.Contains(key))
            throw new BehindReleasedEntryException();
        if (parked.Contains(key))
            throw new BehindParkedEntryException();
        Outcome = Outcome with { Account = account };
    }

    /// <summary>Adds to what the caller is told.</summary>
    public void Tell(Func<Outcome, Outcome> tell) => Outcome = tell(Outcome);

    /// <summary>Appends a follow-up entry to the inbox, together with everything else that this pass decides.</summary>
    public void Append(NewEntry entry) =>
        Additions<InboxEntry>().Add(InboxEntry.Of(entry, Entry.AcceptedAt, nextPosition()));

    /// <summary>Sets a field in all documents of a collection that match; the same again must come to the same.</summary>
    public void UpdateAll<T>(string collection, FilterDefinition<T> filter, UpdateDefinition<T> update)
    {
        var render = new RenderArgs<T>(BsonSerializer.LookupSerializer<T>(), BsonSerializer.SerializerRegistry);
        wide.Add((collection, new WideUpdate(filter.Render(render), update.Render(render).AsBsonDocument)));
    }

    /// <summary>Says that something of an <see cref="IDue"/> falls due then, so that it is looked at in time.</summary>
    public void FallsDue(string source, DateTimeOffset? at)
    {
        if (at is { } time && (!fallingDue.TryGetValue(source, out var known) || time < known))
            fallingDue[source] = time;
    }

    internal IReadOnlyDictionary<string, DateTimeOffset> FallingDue => fallingDue;

    /// <summary>Lets entries that were parked or waiting be decided, by the next pass; later entries of the account stay behind them.</summary>
    internal void Release(string? account, IEnumerable<Mark> marks)
    {
        releases.AddRange(marks);
        if (account is not null)
            released.Add(account);
    }

    internal void Begin(Entry entry)
    {
        current = entry;
        Account = null;
        Outcome = new Outcome { Status = OutcomeStatus.Applied, EventId = entry.EventId };
    }

    internal void Commit()
    {
        foreach (var set in documents.Values)
            set.Commit();
        committed = wide.Count;
    }

    internal void Rollback()
    {
        foreach (var set in documents.Values)
            set.Rollback();
        wide.RemoveRange(committed, wide.Count - committed);
    }

    internal IReadOnlyList<Mark> Releases => releases;

    internal List<CollectionWrites> Writes(long number) =>
    [
        .. documents.Values.Select(set => set.Writes(number)).OfType<CollectionWrites>(),
        .. wide.GroupBy(update => update.Collection, update => update.Update)
            .Select(updates => new CollectionWrites { Collection = updates.Key, Updates = [.. updates] }),
    ];
}

internal sealed class BehindReleasedEntryException() : Exception("An earlier entry of this account has only just been released.");

internal sealed class BehindParkedEntryException() : Exception("An earlier entry of this account is parked.");
