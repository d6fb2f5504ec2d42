using FsCheck;
using FsCheck.Fluent;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Tests.Accounts;

/// <summary>Accounts and constraints from a small world, in which they meet often, made of what is hard to compare.</summary>
public static class RandomAccounts
{
    private static readonly string[] Names = ["a", "b", "0", "x-y", "_z", "A"];

    /// <summary>Note: in UTF-16 a surrogate pair (😀) sorts below U+FFFD, in UTF-8 above.</summary>
    private static readonly string[] Texts =
        ["", "a", "A", "aa", "ab", "a\0b", " a", "é", "e\u0301", "ż", "Ż", "\uFFFD", "\uE000", "😀", "😀a", "𐀀", "0", "10", "9", "true", "false", "-P30D", "2026-01-01"];

    /// <summary>Note: the driver stores decimal.MaxValue itself as the greatest Decimal128; counters stay far below.</summary>
    private static readonly decimal[] Numbers = [0m, -0.0m, 1m, 1.0m, 1.50m, -1m, 0.000001m, -2.25m, 10m, 9m, 1_000_000_000m, decimal.MaxValue - 1];

    private static readonly string[] NumberTexts =
        ["0", "-0", "0.0", "1", "1.0", "01", "+1", "1.5", "-1", "0.000001", "-2.25", "10", "9", "1000000000", "79228162514264337593543950334", "79228162514264337593543950335", "1e3", "1,5", " 1", "", "one"];

    private static readonly DateTimeOffset[] Instants =
    [
        new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), new(2026, 2, 28, 23, 59, 59, 999, TimeSpan.Zero), new(2026, 1, 30, 12, 0, 0, TimeSpan.Zero),
        new(2026, 1, 30, 12, 0, 0, 1, TimeSpan.Zero), new(new DateTime(2026, 1, 30, 12, 0, 0).AddTicks(9), TimeSpan.Zero), new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)),
        new(1969, 12, 31, 23, 59, 59, 999, TimeSpan.Zero), new(new DateTime(1969, 12, 31, 23, 59, 59).AddTicks(1), TimeSpan.Zero), new(1, 1, 1, 0, 0, 0, TimeSpan.Zero),
    ];

    private static readonly string[] InstantTexts =
    [
        "2026-03-01T12:00:00Z", "2026-02-28T23:59:59.999Z", "2026-01-30T12:00:00Z", "2026-01-30T12:00:00.0009Z", "2026-01-30T13:00:00+01:00", "2026-01-01", "2025-12-31T22:00:00",
        "2026-01-30T13:00", "-P30D", "P0D", "-PT0.001S", "P1M", "-P1M", "-P4W", "-P1M1D", "-P2M", "-P11MT12H", "-P1Y", "P9000Y", "P99999Y", "P", "-P30", "2026-02-30", "yesterday", "", "1969-12-31T23:59:59.9990001Z", "0001-01-01T00:00:00Z",
    ];

    private static readonly DateOnly[] Days = [new(1990, 2, 28), new(1990, 3, 1), new(2000, 2, 29), new(1, 1, 1), new(9999, 12, 31)];

    private static readonly string[] DayTexts = ["1990-02-28", "1990-03-01", "2000-02-29", "0001-01-01", "9999-12-31", "1990-02-30", "1990-2-28", "-P30D", ""];

    private static readonly string[] FlagTexts = ["true", "false", "True", "1", ""];

    internal static IReadOnlyList<Zone> Zones { get; } = [Zone.Utc, Zone.Of("Europe/Warsaw"), Zone.Of("Pacific/Auckland"), Zone.Of("America/Havana")];

    /// <summary>Note: a month before some of them there is no such day, or the clock has just been changed.</summary>
    internal static IReadOnlyList<DateTimeOffset> Presents { get; } =
    [
        new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), new(2026, 2, 28, 12, 0, 0, TimeSpan.Zero), new(2026, 3, 30, 12, 0, 0, TimeSpan.Zero), new(2026, 3, 31, 23, 30, 0, TimeSpan.Zero),
        new(2026, 10, 25, 0, 30, 0, TimeSpan.Zero),
    ];

    internal static Gen<Account> Account(int number) =>
        from counters in Map(Gen.Elements(Numbers))
        from properties in Map(Gen.Elements(Texts))
        from tags in Gen.SubListOf(Names)
        from venues in Gen.SubListOf(Names)
        from header in Header
        select new Account
        {
            Key = Key.Of("random", $"account-{number}"),
            Tenant = "random",
            Id = $"account-{number}",
            Incarnation = "",
            Mgm = "",
            Header = header,
            Counters = counters,
            Properties = properties,
            Tags = [.. tags],
            Venues = [.. venues],
        };

    /// <summary>Lists of up to four constraints. Values are of the field's type most of the time, and any number of them.</summary>
    public static Arbitrary<Constraint[]> Constraints() => Arb.From(
        from count in Gen.Choose(0, 4)
        from constraints in Gen.ArrayOf(AnyConstraint(), count)
        select constraints, Smaller);

    private static Gen<Constraint> AnyConstraint() =>
        from field in Field
        from op in Gen.Elements(Enum.GetValues<ConstraintOp>())
        from count in Gen.Frequency((8, Gen.Constant(1)), (1, Gen.Constant(0)), (3, Gen.Choose(2, 3)))
        from values in Gen.ArrayOf(op == ConstraintOp.Exists ? Gen.Elements(FlagTexts) : Value(field), count)
        select new Constraint { Field = field, Op = op, Value = values };

    private static Gen<string> Field => Gen.Frequency(
        (4, Gen.Elements(Names).Select(name => $"counters.{name}")),
        (4, Gen.Elements(Names).Select(name => $"properties.{name}")),
        (2, Gen.Elements(Names).Select(name => $"tags.{name}")),
        (1, Gen.Elements(Names).Select(name => $"venues.{name}")),
        (4, Gen.Elements("header.firstName", "header.created", "header.lastOrder", "header.birthdate")));

    private static Gen<string> Value(string field) => Gen.Frequency((9, Gen.Elements(Fitting(field))), (1, Gen.Elements(Texts)));

    private static string[] Fitting(string field) => field switch
    {
        "header.created" or "header.lastOrder" => InstantTexts,
        "header.birthdate" => DayTexts,
        _ when field.StartsWith("counters", StringComparison.Ordinal) => NumberTexts,
        _ when field.StartsWith("tags", StringComparison.Ordinal) || field.StartsWith("venues", StringComparison.Ordinal) => FlagTexts,
        _ => Texts,
    };

    private static Gen<AccountHeader> Header =>
        from firstName in Maybe(Gen.Elements(Texts).Select(text => (string?)text))
        from created in Maybe(Gen.Elements(Instants).Select(instant => (DateTimeOffset?)instant))
        from lastOrder in Maybe(Gen.Elements(Instants).Select(instant => (DateTimeOffset?)instant))
        from birthdate in Maybe(Gen.Elements(Days).Select(day => (DateOnly?)day))
        select new AccountHeader { FirstName = firstName, Created = created, LastOrder = lastOrder, Birthdate = birthdate };

    /// <summary>Values under some of the names, and under names with dots, which no constraint reaches.</summary>
    private static Gen<IReadOnlyDictionary<string, T>> Map<T>(Gen<T> value) =>
        from names in Gen.SubListOf([.. Names, "a.b", "b."])
        from values in Gen.ListOf(value, names.Count)
        select (IReadOnlyDictionary<string, T>)names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);

    private static Gen<T?> Maybe<T>(Gen<T?> value) => Gen.Frequency((1, Gen.Constant<T?>(default)), (3, value));

    private static IEnumerable<Constraint[]> Smaller(Constraint[] constraints)
    {
        for (var i = 0; i < constraints.Length; i++)
        {
            yield return [.. constraints[..i], .. constraints[(i + 1)..]];
            for (var value = 0; value < constraints[i].Value.Count; value++)
                yield return [.. constraints[..i], constraints[i] with { Value = [.. constraints[i].Value.Where((_, place) => place != value)] }, .. constraints[(i + 1)..]];
        }
    }
}
