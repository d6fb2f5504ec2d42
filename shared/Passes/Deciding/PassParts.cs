using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Passes.Deciding;

/// <summary>What modules have registered for passes.</summary>
internal sealed class PassParts(
    IServiceProvider services, IMediator mediator, PassMemories memories, IEnumerable<IEntryHandler> handlers, IEnumerable<PassCollectionOf> collections,
    IEnumerable<PassAdditionsOf> additions, IEnumerable<DependentNeed> dependent, IEnumerable<CommonNeed> common, IEnumerable<IAfterEntry> afterEntry,
    IEnumerable<IAfterEntries> afterEntries, IEnumerable<RequiredKind> required)
{
    private readonly Dictionary<string, IEntryHandler> handlersByKind = ByKind(handlers, required);

    public IMediator Mediator => mediator;

    public PassMemories Memories => memories;

    public IReadOnlyDictionary<Type, IPassCollection> Collections { get; } = collections.ToDictionary(one => one.Type, one => one.Collection);

    public IReadOnlyDictionary<Type, Func<IPassDocuments>> Additions { get; } = additions.ToDictionary(one => one.Type, one => one.Open);

    public ILookup<Type, Action<Needs, string>> Dependent { get; } = dependent.ToLookup(need => need.Document, need => need.Rule);

    public IReadOnlyList<Action<Needs, Entry>> Common { get; } = [.. common.Select(need => need.Rule)];

    public IReadOnlyList<IAfterEntry> AfterEntry { get; } = [.. afterEntry];

    public IReadOnlyList<IAfterEntries> AfterEntries { get; } = [.. afterEntries];

    /// <summary>The kinds of the steps of chains.</summary>
    public IReadOnlyList<string> ChainKinds { get; } = [.. handlers.OfType<IChainHandler>().Select(handler => handler.Kind)];

    /// <summary>Null: this version does not know the kind.</summary>
    public IEntryHandler? HandlerOf(string kind) => handlersByKind.GetValueOrDefault(kind);

    public IPassValues<T> ValuesOf<T>() where T : class => services.GetRequiredService<IPassValues<T>>();

    private static Dictionary<string, IEntryHandler> ByKind(IEnumerable<IEntryHandler> handlers, IEnumerable<RequiredKind> required)
    {
        var byKind = new Dictionary<string, IEntryHandler>(StringComparer.Ordinal);
        foreach (var handler in handlers)
            if (!byKind.TryAdd(handler.Kind, handler))
                throw new InvalidOperationException($"{handler.GetType().Name} and {byKind[handler.Kind].GetType().Name} both decide entries of the kind {handler.Kind}.");
        return required.FirstOrDefault(kind => !byKind.ContainsKey(kind.Kind)) is { } missing
            ? throw new InvalidOperationException($"No handler decides entries of the kind {missing.Kind}.")
            : byKind;
    }
}

internal sealed record RequiredKind(string Kind);

internal sealed record PassCollectionOf(Type Type, IPassCollection Collection);

internal sealed record PassAdditionsOf(Type Type, Func<IPassDocuments> Open);
