using EmbeddedStore.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>What $group gathers over the documents of one group (manual: "$group, Accumulator Operator").</summary>
internal abstract class Accumulator
{
    public abstract BsonValueRef Result { get; }

    public abstract void Add(BsonValueRef value);

    public static Func<Accumulator> For(string name) => name switch
    {
        "$sum" => () => new SumAccumulator(),
        "$min" => () => new BoundAccumulator(isMax: false),
        "$max" => () => new BoundAccumulator(isMax: true),
        "$first" => () => new FirstAccumulator(),
        "$push" => () => new ListAccumulator(),
        _ => throw CommandException.Location(15952, $"unknown group operator '{name}'"),
    };
}

/// <summary>Null and missing do not count.</summary>
internal sealed class BoundAccumulator(bool isMax) : Accumulator
{
    private BsonValueRef _bound;

    public override BsonValueRef Result => _bound.IsMissing ? BsonValueRef.Null : _bound;

    public override void Add(BsonValueRef value)
    {
        if (value.IsNullish)
            return;
        var order = _bound.IsMissing ? 0 : BsonOrder.Compare(value, _bound);
        if (_bound.IsMissing || (isMax ? order > 0 : order < 0))
            _bound = value.Detach();
    }
}

internal sealed class FirstAccumulator : Accumulator
{
    private BsonValueRef _value;
    private bool _isSet;

    public override BsonValueRef Result => _value.IsMissing ? BsonValueRef.Null : _value;

    public override void Add(BsonValueRef value)
    {
        if (_isSet)
            return;
        _value = value.Detach();
        _isSet = true;
    }
}

internal sealed class ListAccumulator : Accumulator
{
    private readonly List<BsonValueRef> _values = [];

    public override BsonValueRef Result => BsonArrays.Of(_values);

    public override void Add(BsonValueRef value)
    {
        if (!value.IsMissing)
            _values.Add(value.Detach());
    }
}

/// <summary>Only numbers count; the result has the widest type met.</summary>
internal sealed class SumAccumulator : Accumulator
{
    private readonly Total _total = new();

    public override BsonValueRef Result => _total.Sum;

    public override void Add(BsonValueRef value) => _total.Add(value);
}
