using EmbeddedStore.Tests.Aggregation;
using EmbeddedStore.Tests.Query;
using EmbeddedStore.Tests.Update;
using Xunit;

namespace EmbeddedStore.Tests;

public sealed class ScopeTests
{
    private static readonly string Queries = Text(FilterTests.Equality) + Text(FilterTests.Ranges) + Text(FilterTests.Others);

    private static readonly string Updates = Text(UpdateTests.Fields) + Text(UpdateTests.Arrays);

    private static readonly string Aggregations = Text(ExpressionTests.Values) + Text(PipelineTests.Cases);

    [Fact]
    public void Every_name_on_the_list_is_shown_by_a_test()
    {
        Assert.Empty(Unshown(Scope.QueryOperators, Queries));
        Assert.Empty(Unshown(Scope.UpdateOperators, Updates));
        Assert.Empty(Unshown(Scope.PushModifiers, Updates));
        Assert.Empty(Unshown(Scope.Stages, Aggregations));
        Assert.Empty(Unshown(Scope.Accumulators, Aggregations));
        Assert.Empty(Unshown(Scope.Expressions, Aggregations));
        Assert.Empty(Unshown(Scope.Variables.Select(name => "$$" + name), Aggregations));
    }

    private static IEnumerable<string> Unshown(IEnumerable<string> names, string shown) =>
        names.Where(name => !shown.Contains(name + ":", StringComparison.Ordinal) && !(name.StartsWith("$$", StringComparison.Ordinal) && shown.Contains(name, StringComparison.Ordinal)));

    private static string Text(IEnumerable<ITheoryDataRow> rows) => string.Join('\n', rows.SelectMany(row => row.GetData()));
}
