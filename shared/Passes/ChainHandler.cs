using System.Text.Json;
using Loyalty.Web;

namespace Loyalty.Passes;

/// <summary>
/// Goes through many items, such as accounts, slice by slice: each step is an entry that takes as many as fit its budget of bytes and time, and appends its
/// successor. It goes on where it was after a crash. An item that fails is parked as an entry of its own; the chain goes on.
/// </summary>
/// <typeparam name="TBody">What is the same in all steps. Its <see cref="EntryKindAttribute"/> names the kind.</typeparam>
public abstract class ChainHandler<TBody> : IChainHandler where TBody : class
{
    string IEntryHandler.Kind { get; } = EntryKindAttribute.Of(typeof(TBody));

    /// <summary>What every step needs.</summary>
    protected abstract void Needs(Needs needs, Entry entry, TBody body);

    /// <summary>What deciding about one item needs.</summary>
    protected abstract void Needs(Needs needs, Entry entry, TBody body, string item);

    /// <summary>The next items, in an order that does not change, beginning after the cursor of the last one that was decided.</summary>
    protected abstract Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, TBody body, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>False: the chain is obsolete and ends here.</summary>
    protected virtual bool Continues(Pass pass, Entry entry, TBody body) => true;

    protected abstract Task DecideAsync(Pass pass, Entry entry, TBody body, string item);

    /// <summary>All items have been decided.</summary>
    protected virtual Task CompletedAsync(Pass pass, Entry entry, TBody body) => Task.CompletedTask;

    void IEntryHandler.Needs(Needs needs, Entry entry)
    {
        var call = entry.Read<ChainCall>();
        if (call.Chain is { } id)
        {
            needs.Document<Chain>(id);
            if (needs.Find<Chain>(id) is { } chain)
                Needs(needs, entry, BodyOf(chain));
        }
        else
        {
            Needs(needs, entry, BodyOf(call));
            Needs(needs, entry, BodyOf(call), call.Item!);
        }
    }

    void IChainHandler.Needs(Needs needs, Entry entry, Chain chain, string item) => Needs(needs, entry, BodyOf(chain), item);

    Task<IReadOnlyList<ChainItem>> IChainHandler.NextAsync(Pass pass, Entry entry, Chain chain, CancellationToken cancellationToken) =>
        NextAsync(pass, entry, BodyOf(chain), chain.Cursor, chain.Slice, cancellationToken);

    bool IChainHandler.Continues(Pass pass, Entry entry, Chain chain) => Continues(pass, entry, BodyOf(chain));

    Task IChainHandler.DecideAsync(Pass pass, Entry entry, Chain chain, string item) => DecideAsync(pass, entry, BodyOf(chain), item);

    Task IChainHandler.CompletedAsync(Pass pass, Entry entry, Chain chain) => CompletedAsync(pass, entry, BodyOf(chain));

    Task IEntryHandler.PrepareAsync(Pass pass, Entry entry, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The part of a chain that concerns one item, which had to wait or failed.</summary>
    async Task IEntryHandler.DecideAsync(Pass pass, Entry entry)
    {
        var call = entry.Read<ChainCall>();
        if (Continues(pass, entry, BodyOf(call)))
            await DecideAsync(pass, entry, BodyOf(call), call.Item!);
    }

    private static TBody BodyOf(Chain chain) => chain.Read<TBody>();

    private static TBody BodyOf(ChainCall call) => call.Part!.Value.Deserialize<TBody>(JsonSettings.Options)!;
}

/// <summary>One of the many that a chain goes through, such as an account's id.</summary>
/// <param name="Item">What is decided about.</param>
/// <param name="Cursor">Its place in the order in which the chain goes.</param>
public readonly record struct ChainItem(string Item, string Cursor)
{
    /// <summary>Items whose order is that of their ids.</summary>
    public static IReadOnlyList<ChainItem> ById(IEnumerable<string> ids) => [.. ids.Select(id => new ChainItem(id, id))];
}

internal interface IChainHandler : IEntryHandler
{
    void Needs(Needs needs, Entry entry, Chain chain, string item);

    Task<IReadOnlyList<ChainItem>> NextAsync(Pass pass, Entry entry, Chain chain, CancellationToken cancellationToken);

    bool Continues(Pass pass, Entry entry, Chain chain);

    Task DecideAsync(Pass pass, Entry entry, Chain chain, string item);

    Task CompletedAsync(Pass pass, Entry entry, Chain chain);
}
