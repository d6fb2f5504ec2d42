using System.Text.Json;
using Loyalty.Web;

namespace Loyalty.Passes;

/// <summary>
/// Goes through many subjects, slice by slice: each step is an entry that takes as many as fit its budget of bytes and time, and appends its
/// successor. It goes on where it was after a crash. A subject that fails is parked as an entry of its own; the chain goes on.
/// </summary>
/// <typeparam name="TBody">What is the same in all steps. Its <see cref="EntryKindAttribute"/> names the kind.</typeparam>
public abstract class ChainHandler<TBody> : IChainHandler where TBody : class
{
    string IEntryHandler.Kind { get; } = EntryKindAttribute.Of(typeof(TBody));

    /// <summary>What every step needs.</summary>
    protected abstract void Needs(Needs needs, Entry entry, TBody body);

    /// <summary>What deciding about one subject needs.</summary>
    protected abstract void Needs(Needs needs, Entry entry, TBody body, string subject);

    /// <summary>The next subjects, in an order that does not change, beginning after the last one that was decided.</summary>
    protected abstract Task<IReadOnlyList<string>> NextAsync(
        Pass pass, Entry entry, TBody body, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>False: the chain is obsolete and ends here.</summary>
    protected virtual bool Continues(Pass pass, Entry entry, TBody body) => true;

    protected abstract Task DecideAsync(Pass pass, Entry entry, TBody body, string subject);

    /// <summary>All subjects have been decided.</summary>
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
            Needs(needs, entry, BodyOf(call), entry.Subject!);
        }
    }

    void IChainHandler.Needs(Needs needs, Entry entry, Chain chain, string subject) => Needs(needs, entry, BodyOf(chain), subject);

    Task<IReadOnlyList<string>> IChainHandler.NextAsync(Pass pass, Entry entry, Chain chain, CancellationToken cancellationToken) =>
        NextAsync(pass, entry, BodyOf(chain), chain.Cursor, chain.Slice, cancellationToken);

    bool IChainHandler.Continues(Pass pass, Entry entry, Chain chain) => Continues(pass, entry, BodyOf(chain));

    Task IChainHandler.DecideAsync(Pass pass, Entry entry, Chain chain, string subject) => DecideAsync(pass, entry, BodyOf(chain), subject);

    Task IChainHandler.CompletedAsync(Pass pass, Entry entry, Chain chain) => CompletedAsync(pass, entry, BodyOf(chain));

    Task IEntryHandler.PrepareAsync(Pass pass, Entry entry, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The part of a chain that concerns one subject and had to wait or failed.</summary>
    async Task IEntryHandler.DecideAsync(Pass pass, Entry entry)
    {
        var body = BodyOf(entry.Read<ChainCall>());
        pass.Concerns(entry.Subject!);
        if (Continues(pass, entry, body))
            await DecideAsync(pass, entry, body, entry.Subject!);
    }

    private static TBody BodyOf(Chain chain) => chain.Read<TBody>();

    private static TBody BodyOf(ChainCall call) => call.Part!.Value.Deserialize<TBody>(JsonSettings.Options)!;
}

internal interface IChainHandler : IEntryHandler
{
    void Needs(Needs needs, Entry entry, Chain chain, string subject);

    Task<IReadOnlyList<string>> NextAsync(Pass pass, Entry entry, Chain chain, CancellationToken cancellationToken);

    bool Continues(Pass pass, Entry entry, Chain chain);

    Task DecideAsync(Pass pass, Entry entry, Chain chain, string subject);

    Task CompletedAsync(Pass pass, Entry entry, Chain chain);
}
