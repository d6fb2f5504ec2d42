using Loyalty.Web;

namespace Loyalty.Tests.Web;

public sealed class FieldListTests
{
    [Fact]
    public void Fields_of_the_same_name_are_copied_as_they_are()
    {
        var stored = new Stored { Id = "a", Tags = ["x"], At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)) };

        var shown = new FieldList<Stored, Shown>(list => list.Map(shown => shown.Since, from => from.At)).Of(stored);

        Assert.Equal(("a", stored.At), (shown.Id, shown.Since));
        Assert.Same(stored.Tags, shown.Tags);
    }

    [Fact]
    public void A_field_that_nothing_fills_is_a_fault_when_the_list_is_made()
    {
        var error = Assert.ThrowsAny<Exception>(() => new FieldList<Stored, Shown>());

        Assert.Contains("Since", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_with_such_a_list_does_not_start()
    {
        var error = Assert.ThrowsAny<Exception>(() => FieldLists.Make(typeof(FieldListTests).Assembly));

        Assert.Contains("Since", error.ToString(), StringComparison.Ordinal);
    }

    private static class Forgetful
    {
        public static readonly FieldList<Stored, Shown> Fields = new();
    }

    private sealed record Stored
    {
        public required string Id { get; init; }

        public required IReadOnlyList<string> Tags { get; init; }

        public DateTimeOffset At { get; init; }
    }

    private sealed record Shown
    {
        public required string Id { get; init; }

        public required IReadOnlyList<string> Tags { get; init; }

        public DateTimeOffset? Since { get; init; }
    }
}
