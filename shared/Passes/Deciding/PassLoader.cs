using MongoDB.Driver;

namespace Loyalty.Passes.Deciding;

/// <summary>
/// Loads what the entries of a pass need: asks each handler, reads one call per collection, and asks again with what was found, until
/// nothing new is named. What fails for one entry concerns that entry alone.
/// </summary>
internal sealed class PassLoader(IMongoDatabase database, PassParts parts)
{
    /// <summary>Note: far more than any handler takes; a handler that names something new each time would never end.</summary>
    private const int MaxRounds = 24;

    public async Task<PassUnits> LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        var units = new PassUnits([.. pass.Entries.Select(entry => new Unit(entry))]);
        await LoadAsync(pass, units, units.Entries, cancellationToken);
        foreach (var unit in units.Entries.Where(unit => !units.Failures.ContainsKey(unit) && IsStep(unit.Entry)))
            await TryAsync(units, unit, async () => units.Steps[unit] = await StepAsync(pass, unit, cancellationToken));
        await LoadAsync(pass, units, units.Steps.Values.OfType<ChainStep>().SelectMany(step => step.Items), cancellationToken);
        foreach (var unit in units.Entries.Where(unit => !units.Failures.ContainsKey(unit) && parts.HandlerOf(unit.Entry.Kind) is not null))
            await TryAsync(units, unit, () =>
            {
                pass.Begin(unit.Entry);
                return parts.HandlerOf(unit.Entry.Kind)!.PrepareAsync(pass, unit.Entry, cancellationToken);
            });
        return units;
    }

    /// <summary>Whether the entry is a step of a chain through many items.</summary>
    private bool IsStep(Entry entry) => parts.HandlerOf(entry.Kind) is IChainHandler && entry.Read<ChainCall>().Chain is not null;

    /// <summary>Loads what is needed once all entries are decided.</summary>
    public Task LoadAsync(Pass pass, Action<Needs> name, CancellationToken cancellationToken) => pass.LoadAsync(database, name, cancellationToken);

    /// <summary>What entries share with others, as far as that can be told without loading anything.</summary>
    public IReadOnlyCollection<string> KeysOf(Entry entry)
    {
        var unit = new Unit(entry);
        Ask(new Pass(0, [entry], parts, () => 0), new PassUnits([unit]), unit);
        return unit.Keys;
    }

    private async Task LoadAsync(Pass pass, PassUnits units, IEnumerable<Unit> wanting, CancellationToken cancellationToken)
    {
        var asked = wanting.ToArray();
        for (var round = 0; asked.Length > 0; round++)
        {
            foreach (var unit in asked)
                Ask(pass, units, unit);
            if (!await pass.LoadAsync(database, cancellationToken))
                return;
            if (round == MaxRounds)
                throw new InvalidOperationException($"After {MaxRounds} rounds handlers still name what they need: {string.Join(", ", asked.Select(unit => unit.Entry.Kind).Distinct())}.");
        }
    }

    private void Ask(Pass pass, PassUnits units, Unit unit)
    {
        if (units.Failures.ContainsKey(unit) || parts.HandlerOf(unit.Entry.Kind) is not { } handler)
            return;
        try
        {
            var needs = new Needs(pass, unit);
            foreach (var rule in parts.Common)
                rule(needs, unit.Entry);
            if (unit.Item is { } item)
                ((IChainHandler)handler).Needs(needs, unit.Entry, needs.Find<Chain>(unit.Entry.Read<ChainCall>().Chain!)!, item.Item);
            else
                handler.Needs(needs, unit.Entry);
            for (var i = 0; i < unit.Named.Count; i++)
                foreach (var rule in parts.Dependent[unit.Named[i].Type])
                    rule(needs, unit.Named[i].Id);
        }
        catch (Exception error)
        {
            units.Failures[unit] = error;
        }
    }

    /// <summary>Null: the chain is over, or obsolete.</summary>
    private async Task<ChainStep?> StepAsync(Pass pass, Unit unit, CancellationToken cancellationToken)
    {
        var handler = (IChainHandler)parts.HandlerOf(unit.Entry.Kind)!;
        pass.Begin(unit.Entry);
        if (pass.Documents<Chain>().Find(unit.Entry.Read<ChainCall>().Chain!) is not { IsOver: false } chain)
            return null;
        var items = await handler.NextAsync(pass, unit.Entry, chain, cancellationToken);
        return new ChainStep(handler, chain, [.. items.Select(item => new Unit(unit.Entry, item))]);
    }

    private static async Task TryAsync(PassUnits units, Unit unit, Func<Task> load)
    {
        if (units.Failures.ContainsKey(unit))
            return;
        try
        {
            await load();
        }
        catch (Exception error) when (!StoreOutage.Is(error) && error is not OperationCanceledException)
        {
            units.Failures[unit] = error;
        }
    }
}

/// <summary>What a pass decides, one after another.</summary>
internal sealed class PassUnits(IReadOnlyList<Unit> entries)
{
    public IReadOnlyList<Unit> Entries => entries;

    /// <summary>Why nothing could be loaded for some.</summary>
    public Dictionary<Unit, Exception> Failures { get; } = [];

    public Dictionary<Unit, ChainStep?> Steps { get; } = [];
}
