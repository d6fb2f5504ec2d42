using System.Buffers.Binary;
using EmbeddedStore.Bson;
using EmbeddedStore.Query;
using EmbeddedStore.Storage;
using Xunit;

namespace EmbeddedStore.Tests.Storage;

public sealed class KeyTreeTests
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 40)]
    [InlineData(3, 900)]
    public void Holds_what_a_sorted_set_holds_whatever_is_added_and_removed(int seed, int longest)
    {
        var random = new Random(seed);
        var tree = new KeyTree();
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        for (var step = 0; step < 20_000; step++)
        {
            var key = new byte[4 + random.Next(longest)];
            BinaryPrimitives.WriteInt32BigEndian(key, random.Next(step < 12_000 ? 6000 : 300));
            key.AsSpan(4).Clear();
            if (random.Next(step < 12_000 ? 4 : 2) > 0)
                Assert.Equal(expected.Add(Convert.ToHexString(key)), tree.Add(key));
            else
                Assert.Equal(expected.Remove(Convert.ToHexString(key)), tree.Remove(key));
            if (step % 500 == 0)
                tree.Freeze();
        }
        Assert.Equal(expected, Forward(tree.Current));
        Assert.Equal(expected.Reverse(), Backward(tree.Current));
        Assert.Equal(expected.Count, tree.Count);
    }

    [Fact]
    public void A_view_stays_as_it_was_while_the_writer_goes_on()
    {
        var tree = new KeyTree();
        for (var i = 0; i < 5000; i += 2)
            tree.Add(Key(i));
        var view = tree.Freeze();
        var before = Forward(view);
        for (var i = 0; i < 5000; i++)
            if (i % 3 == 0)
                tree.Remove(Key(i));
            else
                tree.Add(Key(i));
        Assert.Equal(before, Forward(view));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(500, 500)]
    [InlineData(501, 502)]
    public void Seeks_the_first_key_not_below(int sought, int found)
    {
        var cursor = new KeyCursor(Even());
        Assert.True(cursor.Seek(Key(sought)));
        Assert.Equal(Key(found), cursor.Current.ToArray());
    }

    [Theory]
    [InlineData(500, 498)]
    [InlineData(501, 500)]
    [InlineData(9999, 998)]
    public void Seeks_the_last_key_below(int sought, int found)
    {
        var cursor = new KeyCursor(Even());
        Assert.True(cursor.SeekBefore(Key(sought)));
        Assert.Equal(Key(found), cursor.Current.ToArray());
    }

    [Fact]
    public void Finds_nothing_beyond_either_end()
    {
        Assert.False(new KeyCursor(Even()).Seek(Key(999)));
        Assert.False(new KeyCursor(Even()).SeekBefore(Key(0)));
        Assert.False(new KeyCursor(new KeyTree().Current).Seek(Key(0)));
        Assert.False(new KeyCursor(new KeyTree().Current).SeekBefore(Key(0)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("whatever stands in front of all of them ")]
    public void Finds_the_record_of_a_key_and_of_no_other(string front)
    {
        var tree = new KeyTree();
        for (var i = 0; i < 10_000; i++)
            tree.Add(IndexEntry.Of(Named(front, i), i));
        for (var i = 0; i < 10_000; i++)
            if (i % 64 > 20)
                tree.Remove(IndexEntry.Of(Named(front, i), i));
        for (var i = 0; i < 10_000; i++)
        {
            Assert.Equal(i % 64 <= 20, tree.Current.TryFind(Named(front, i), out var record));
            Assert.Equal(i % 64 <= 20 ? i : 0, record);
        }
        Assert.False(tree.Current.TryFind(Named(front + "z", 1), out _));
        Assert.False(tree.Current.TryFind(Named("!", 1), out _));
        Assert.False(new KeyTree().Current.TryFind(Named(front, 1), out _));
    }

    private static byte[] Named(string front, int number) => KeyEncoding.Encode(BsonValueRef.From($"{front}{number}"));

    private static KeyTreeView Even()
    {
        var tree = new KeyTree();
        for (var i = 0; i < 1000; i += 2)
            tree.Add(Key(i));
        return tree.Current;
    }

    private static byte[] Key(int number)
    {
        var key = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(key, number + 1);
        return key;
    }

    private static List<string> Forward(KeyTreeView view)
    {
        var keys = new List<string>();
        var cursor = new KeyCursor(view);
        for (var found = cursor.Seek([]); found; found = cursor.Next())
            keys.Add(Convert.ToHexString(cursor.Current));
        return keys;
    }

    private static List<string> Backward(KeyTreeView view)
    {
        var keys = new List<string>();
        var cursor = new KeyCursor(view);
        for (var found = cursor.Last(); found; found = cursor.Previous())
            keys.Add(Convert.ToHexString(cursor.Current));
        return keys;
    }
}
