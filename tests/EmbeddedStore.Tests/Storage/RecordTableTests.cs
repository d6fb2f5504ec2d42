using EmbeddedStore.Storage;
using Xunit;

namespace EmbeddedStore.Tests.Storage;

public sealed class RecordTableTests
{
    private readonly Slab slab = new(64);

    [Theory]
    [InlineData(100)]
    [InlineData(20_000)]
    [InlineData(5_000_000)]
    public void Holds_what_a_sorted_dictionary_holds(int range)
    {
        var random = new Random(range);
        var table = new RecordTable();
        var expected = new SortedDictionary<long, int>();
        for (var step = 1; step < 20_000; step++)
        {
            var record = random.NextInt64(1, range);
            if (random.Next(3) > 0)
            {
                table.Set(record, new Place(slab, step));
                expected[record] = step;
            }
            else
            {
                table.Remove(record);
                expected.Remove(record);
            }
            if (step % 100 == 0)
                table.Freeze();
        }
        Assert.Equal(expected.Keys, Ascending(table.Current));
        Assert.Equal(expected.Keys.Reverse(), Descending(table.Current));
        Assert.All(expected, pair => Assert.Equal(pair.Value, table.Current[pair.Key].Offset));
        Assert.Equal(expected.Count, table.Count);
    }

    [Fact]
    public void A_view_stays_as_it_was_while_the_writer_goes_on()
    {
        var table = new RecordTable();
        for (var record = 1; record < 1000; record++)
            table.Set(record, new Place(slab, record));
        var view = table.Freeze();
        for (var record = 1; record < 1000; record++)
            table.Remove(record);
        Assert.Empty(Ascending(table.Current));
        Assert.Equal(999, Ascending(view).Count);
    }

    private static List<long> Ascending(RecordTableView view)
    {
        var records = new List<long>();
        for (var record = view.NextFrom(0); record >= 0; record = view.NextFrom(record + 1))
            records.Add(record);
        return records;
    }

    private static List<long> Descending(RecordTableView view)
    {
        var records = new List<long>();
        for (var record = view.LastUpTo(long.MaxValue); record >= 0; record = view.LastUpTo(record - 1))
            records.Add(record);
        return records;
    }
}
