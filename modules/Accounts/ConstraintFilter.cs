using Loyalty.Accounts.Contracts;
using Loyalty.Time;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>What a constraint means as a database query. Its twin for one account in memory is <see cref="ConstraintEvaluation"/>.</summary>
internal static class ConstraintFilter
{
    private static readonly FilterDefinitionBuilder<Account> Filter = Builders<Account>.Filter;

    public static FilterDefinition<Account> Of(IEnumerable<Constraint> constraints, DateTimeOffset now, Zone zone) =>
        Filter.And(constraints.Select(constraint => Of(constraint, now, zone)).Prepend(Filter.Empty));

    private static FilterDefinition<Account> Of(Constraint constraint, DateTimeOffset now, Zone zone) => constraint.Field.Split('.', 2) switch
    {
        ["tags", var tag] => Flag(Filter.AnyEq(account => account.Tags, tag), constraint),
        ["venues", var venue] => Flag(Filter.AnyEq(account => account.Venues, venue), constraint),
        _ => Field(constraint, now, zone),
    };

    /// <summary>Note: a tag that is missing is false; as text, false comes before true.</summary>
    private static FilterDefinition<Account> Flag(FilterDefinition<Account> isSet, Constraint constraint)
    {
        var probe = (bool set) => constraint.Op == ConstraintOp.Exists
            ? set == ConstraintEvaluation.WantsPresence(constraint)
            : ConstraintEvaluation.HoldsFor(constraint, set, DateTimeOffset.UnixEpoch, Zone.Utc);
        return (probe(true), probe(false)) switch
        {
            (true, true) => Filter.Empty,
            (true, false) => isSet,
            (false, true) => Filter.Not(isSet),
            _ => Nothing,
        };
    }

    private static FilterDefinition<Account> Nothing => Filter.In(account => account.Key, Array.Empty<string>());

    private static FilterDefinition<Account> Field(Constraint constraint, DateTimeOffset now, Zone zone)
    {
        var path = new StringFieldDefinition<Account, BsonValue>(constraint.Field);
        if (constraint.Op == ConstraintOp.Exists)
            return Filter.Exists(constraint.Field, ConstraintEvaluation.WantsPresence(constraint));
        var operands = constraint.Value.Select(value => ConstraintEvaluation.Read(constraint.Field, value, now, zone)).ToArray();
        var known = operands.OfType<IComparable>().Select(ToBson).ToArray();
        var filter = constraint.Op switch
        {
            ConstraintOp.Eq or ConstraintOp.In => Filter.In(path, known),
            ConstraintOp.Ne => Filter.Nin(path, known),
            _ when operands.Length == 0 || operands[0] is null => Nothing,
            ConstraintOp.Gt => Filter.Gt(path, known[0]),
            ConstraintOp.Gte => Filter.Gte(path, known[0]),
            ConstraintOp.Lt => Filter.Lt(path, known[0]),
            _ => Filter.Lte(path, known[0]),
        };
        return constraint.Field.StartsWith("counters.", StringComparison.Ordinal) ? WithMissingAsZero(constraint, filter, now, zone) : filter;
    }

    /// <summary>A missing counter is 0: where 0 fulfils the constraint, so does a missing counter; where it does not, neither does a missing one.</summary>
    private static FilterDefinition<Account> WithMissingAsZero(Constraint constraint, FilterDefinition<Account> filter, DateTimeOffset now, Zone zone) =>
        ConstraintEvaluation.HoldsFor(constraint, 0m, now, zone)
            ? Filter.Or(filter, Filter.Exists(constraint.Field, false))
            : Filter.And(filter, Filter.Exists(constraint.Field));

    private static BsonValue ToBson(IComparable value) => value switch
    {
        decimal number => new BsonDecimal128(number),
        DateTimeOffset instant => new BsonDateTime(instant.ToUnixTimeMilliseconds()),
        DateOnly day => new BsonString(IsoDate.Print(day)),
        _ => new BsonString((string)value),
    };
}
