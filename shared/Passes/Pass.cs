using MediatR;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace Loyalty.Passes;

/// <summary>
/// A batch of entries being decided together, in memory: the documents they need, changed entry by entry. What an entry
/// did is kept or taken back as a whole.
/// </summary>
public sealed class Pass
{
    private readonly PassParts parts;
    private readonly Func<long> nextPosition;
    private readonly Dictionary<Type, IPassDocuments> documents = [];
    private readonly Dictionary<Type, IValues> values = [];
    private readonly Dictionary<string, object> prepared = new(StringComparer.Ordinal);
    private readonly List<(string Collection, WideUpdate Update)> wide = [];
    private readonly List<InboxEntry> appended = [];
    private readonly Dictionary<string, DateTimeOffset> fallingDue = new(StringComparer.Ordinal);
    private readonly List<InboxUpdate> releases = [];
    private readonly List<(string Collection, RawBsonDocument Document)> writtenAgain = [];
    private readonly Dictionary<(string Collection, string Id), IReadOnlyCollection<string>> writers = [];
    private (int Wide, int Appended, int Releases, int WrittenAgain) committed;
    private Entry? current;
    private int ids;

    internal Pass(long number, IReadOnlyList<Entry> entries, PassParts parts, Func<long> nextPosition)
    {
        (Number, Entries, this.parts, this.nextPosition) = (number, entries, parts, nextPosition);
        foreach (var (type, collection) in parts.Collections)
            documents.Add(type, collection.Open(number, parts.Memories));
        foreach (var (type, open) in parts.Additions)
            documents.Add(type, open());
    }

    /// <summary>Passes are numbered without gaps.</summary>
    public long Number { get; }

    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>Drawn for this pass.</summary>
    public string Salt { get; } = $"{Guid.NewGuid():N}";

    /// <summary>The entry being decided.</summary>
    public Entry Entry => current ?? throw new InvalidOperationException("No entry is being decided.");

    /// <summary>When the entry being decided was acknowledged: the present of every decision about it.</summary>
    public DateTimeOffset Now => Entry.AcceptedAt;

    internal Outcome Outcome { get; private set; } = new() { Status = OutcomeStatus.Applied };

    /// <summary>Whom the entry being decided concerns.</summary>
    internal string? Subject { get; private set; }

    /// <summary>Whom else it names.</summary>
    internal HashSet<string> Others { get; } = new(StringComparer.Ordinal);

    public Documents<T> Documents<T>() where T : class, IPassDocument => (Documents<T>)documents[typeof(T)];

    public Additions<T> Additions<T>() where T : class => (Additions<T>)documents[typeof(T)];

    /// <summary>The document, or null if there is none.</summary>
    public T? Find<T>(string id) where T : class, IPassDocument => Documents<T>().Find(id);

    public void Put<T>(T document) where T : class, IPassDocument => Documents<T>().Put(document);

    public T Value<T>(string key) where T : class => Values<T>().Of(key);

    /// <summary>Tells other modules what has happened; what follows from it is part of the same entry.</summary>
    public Task PublishAsync(INotification notification) => parts.Mediator.Publish(notification);

    /// <summary>Says whom the entry concerns.</summary>
    public void Concerns(string subject)
    {
        Subject = subject;
        Outcome = Outcome with { Subject = subject };
    }

    /// <summary>Says whom else the entry names, so that nothing of it stays when that one is erased.</summary>
    public void AlsoConcerns(string subject) => Others.Add(subject);

    /// <summary>Adds to what the sender is told.</summary>
    public void Tell<TDetails>(Func<TDetails, TDetails> tell) where TDetails : OutcomeDetails, new() =>
        Outcome = Outcome with { Details = tell((TDetails?)Outcome.Details ?? new TDetails()) };

    /// <summary>Appends a follow-up entry to the inbox, together with everything else that this pass decides.</summary>
    public void Append(NewEntry entry) => appended.Add(InboxEntry.Of(entry, Now, nextPosition()));

    /// <summary>Appends an entry that this entry causes.</summary>
    /// <param name="what">Tells several of the same kind apart.</param>
    /// <returns>The id of the entry in the inbox.</returns>
    public string Append(object body, string what = "", string? subject = null)
    {
        var entry = NewEntry.Of(Entry.Tenant, $"{Entry.Id}@{Entry.Position}:{what}", body, Now, subject);
        Append(entry);
        return entry.Id;
    }

    /// <summary>Starts a chain through many items, in slices (<see cref="ChainHandler{TBody}"/>).</summary>
    /// <param name="what">Tells several chains of the same kind apart that one entry starts.</param>
    public void Start(object body, string what = "")
    {
        var chain = Chain.Of(Entry, body, what);
        Put(chain);
        Append(chain.NextStep(Now));
    }

    /// <summary>Sets fields in all documents of a collection that match; the same again must come to the same.</summary>
    public void UpdateAll<T>(string collection, FilterDefinition<T> filter, UpdateDefinition<T> update)
    {
        var render = new RenderArgs<T>(BsonSerializer.LookupSerializer<T>(), BsonSerializer.SerializerRegistry);
        wide.Add((collection, new WideUpdate(filter.Render(render), update.Render(render).AsBsonDocument)));
    }

    /// <summary>Says that something of a due source falls due then, so that it is looked at in time.</summary>
    public void FallsDue(string source, DateTimeOffset? at)
    {
        if (at is { } time && (!fallingDue.TryGetValue(source, out var known) || time < known))
            fallingDue[source] = time;
    }

    /// <summary>An id that no other document of this or any other entry gets.</summary>
    public string NewId() => CauseId.Of(Entry.Id, $"{Entry.Position}", $"{ids++}");

    internal PassCollection<T> Collection<T>() where T : class, IPassDocument => (PassCollection<T>)parts.Collections[typeof(T)];

    internal Values<T> Values<T>() where T : class
    {
        if (!values.TryGetValue(typeof(T), out var known))
            values.Add(typeof(T), known = new Values<T>(parts.ValuesOf<T>()));
        return (Values<T>)known;
    }

    internal IReadOnlyDictionary<string, DateTimeOffset> FallingDue => fallingDue;

    internal IReadOnlyList<InboxUpdate> Releases => releases;

    /// <summary>Parts of chains that were put aside.</summary>
    internal IEnumerable<InboxEntry> PutAside => appended.Where(entry => entry.State != EntryState.Pending);

    internal void Prepared(Entry entry, object value) => prepared[entry.Id] = value;

    internal object PreparedOf(Entry entry) => prepared[entry.Id];

    /// <summary>Loads what is needed once all entries are decided (<see cref="IAfterEntries"/>).</summary>
    internal async Task LoadAsync(IMongoDatabase database, Action<Needs> name, CancellationToken cancellationToken)
    {
        name(new Needs(this, new Deciding.Unit(Entries[0])));
        await LoadAsync(database, cancellationToken);
    }

    /// <summary>False: everything is loaded.</summary>
    internal async Task<bool> LoadAsync(IMongoDatabase database, CancellationToken cancellationToken)
    {
        foreach (var known in values.Values)
            await known.LoadAsync(cancellationToken);
        var loads = documents.Values.Select(set => set.LoadAsync(database, cancellationToken)).ToArray();
        return (await Task.WhenAll(loads)).Any(loaded => loaded);
    }

    /// <summary>Lets entries that were parked or waiting be decided, by the next pass.</summary>
    internal void Release(IEnumerable<InboxUpdate> updates) => releases.AddRange(updates);

    /// <summary>Writes a document as it was recorded before.</summary>
    internal void WriteAgain(string collection, RawBsonDocument document) => writtenAgain.Add((collection, document));

    /// <summary>What the last entry that changed a document shares with others.</summary>
    internal IReadOnlyCollection<string> KeysOfWriter(string collection, string id) => writers.GetValueOrDefault((collection, id)) ?? [];

    internal void Append(InboxEntry entry) => appended.Add(entry with { Position = nextPosition() });

    internal void Begin(Entry entry)
    {
        if (current?.Id != entry.Id)
            ids = 0;
        current = entry;
        Subject = null;
        Others.Clear();
        Outcome = new Outcome { Status = OutcomeStatus.Applied, EventId = entry.EventId };
    }

    /// <summary>Makes bytes of all that the entry has changed. Answers how many the pass has by now.</summary>
    internal long Stage() => documents.Values.Sum(set => set.Stage()) + appended.Sum(entry => (long)entry.Body.Length);

    /// <param name="keys">What the entry shares with others.</param>
    internal void Commit(IReadOnlyCollection<string> keys)
    {
        foreach (var set in documents.Values)
        {
            foreach (var id in set.ChangedByEntry)
                writers[(set.Collection, id)] = keys;
            set.Commit();
        }
        committed = (wide.Count, appended.Count, releases.Count, writtenAgain.Count);
    }

    internal void Rollback()
    {
        foreach (var set in documents.Values)
            set.Rollback();
        wide.RemoveRange(committed.Wide, wide.Count - committed.Wide);
        appended.RemoveRange(committed.Appended, appended.Count - committed.Appended);
        releases.RemoveRange(committed.Releases, releases.Count - committed.Releases);
        writtenAgain.RemoveRange(committed.WrittenAgain, writtenAgain.Count - committed.WrittenAgain);
    }

    internal List<CollectionWrites> Writes()
    {
        List<CollectionWrites> writes = [.. documents.Values.Select(set => set.Writes()).OfType<CollectionWrites>()];
        if (appended.Count > 0)
            writes.Add(new CollectionWrites { Collection = InboxStore.Name, Insertions = [.. appended.Select(PassBytes.Of)] });
        writes.AddRange(writtenAgain.GroupBy(write => write.Collection, write => write.Document)
            .Select(group => new CollectionWrites { Collection = group.Key, Replacements = [.. group] }));
        writes.AddRange(wide.GroupBy(update => update.Collection, update => update.Update)
            .Select(updates => new CollectionWrites { Collection = updates.Key, Updates = [.. updates] }));
        return writes;
    }

    internal void Remember()
    {
        foreach (var set in documents.Values)
            set.Remember();
    }
}
