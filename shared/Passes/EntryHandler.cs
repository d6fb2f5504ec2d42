namespace Loyalty.Passes;

/// <summary>Decides the entries of one kind: what must be loaded for them, and what follows from them.</summary>
/// <typeparam name="TBody">What the entries carry. Its <see cref="EntryKindAttribute"/> names the kind.</typeparam>
public abstract class EntryHandler<TBody> : IEntryHandler where TBody : class
{
    string IEntryHandler.Kind { get; } = EntryKindAttribute.Of(typeof(TBody));

    /// <summary>
    /// Names the documents that deciding takes. It is asked again with what has been loaded, until it names nothing new.
    /// </summary>
    protected abstract void Needs(Needs needs, Entry entry, TBody body);

    /// <summary>Changes the documents of the pass. Throws <see cref="EntryRejectedException"/> to refuse the entry. It touches no database.</summary>
    protected abstract Task DecideAsync(Pass pass, Entry entry, TBody body);

    void IEntryHandler.Needs(Needs needs, Entry entry) => Needs(needs, entry, entry.Read<TBody>());

    Task IEntryHandler.PrepareAsync(Pass pass, Entry entry, CancellationToken cancellationToken) => PrepareAsync(pass, entry, entry.Read<TBody>(), cancellationToken);

    Task IEntryHandler.DecideAsync(Pass pass, Entry entry) => DecideAsync(pass, entry, entry.Read<TBody>());

    private protected virtual Task PrepareAsync(Pass pass, Entry entry, TBody body, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>An <see cref="EntryHandler{TBody}"/> that needs more than documents by their ids, such as a count.</summary>
/// <typeparam name="TBody">What the entries carry.</typeparam>
/// <typeparam name="TPrepared">What is read for an entry before it is decided.</typeparam>
public abstract class EntryHandler<TBody, TPrepared> : EntryHandler<TBody> where TBody : class where TPrepared : class
{
    /// <summary>Reads what <see cref="DecideAsync(Pass, Entry, TBody, TPrepared)"/> gets. The needed documents are loaded by then.</summary>
    protected abstract Task<TPrepared> ReadAsync(Pass pass, Entry entry, TBody body, CancellationToken cancellationToken);

    protected abstract Task DecideAsync(Pass pass, Entry entry, TBody body, TPrepared prepared);

    protected sealed override Task DecideAsync(Pass pass, Entry entry, TBody body) => DecideAsync(pass, entry, body, (TPrepared)pass.PreparedOf(entry));

    private protected sealed override async Task PrepareAsync(Pass pass, Entry entry, TBody body, CancellationToken cancellationToken) =>
        pass.Prepared(entry, await ReadAsync(pass, entry, body, cancellationToken));
}

internal interface IEntryHandler
{
    string Kind { get; }

    void Needs(Needs needs, Entry entry);

    Task PrepareAsync(Pass pass, Entry entry, CancellationToken cancellationToken);

    Task DecideAsync(Pass pass, Entry entry);
}
