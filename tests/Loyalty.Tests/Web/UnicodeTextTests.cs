using System.Text;
using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Loyalty.Web;

namespace Loyalty.Tests.Web;

public sealed class UnicodeTextTests
{
    /// <summary>Note: written with escapes, because no attribute can hold half a surrogate pair.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("plain", true)]
    [InlineData(@"a\uD83D\uDE00b", true)]
    [InlineData(@"\uFFFE\uFFFF\uFDD0\uE000\u0378\uFEFF", true)]
    [InlineData(@"\uDBFF\uDFFF\uDB80\uDC00\uD83F\uDFFE", true)]
    [InlineData(@"\u0000", false)]
    [InlineData(@"a\u0000b", false)]
    [InlineData(@"\uD83D", false)]
    [InlineData(@"\uDE00", false)]
    [InlineData(@"a\uD83D", false)]
    [InlineData(@"\uD83Da", false)]
    [InlineData(@"\uDE00\uD83D", false)]
    [InlineData(@"\uD83D\uDE00\uD83D", false)]
    [InlineData(@"\uD83D\uD83D\uDE00", false)]
    public void Half_a_surrogate_pair_and_NUL_are_no_text_and_all_else_is(string escaped, bool valid) =>
        Assert.Equal(valid, UnicodeText.IsValid(Regex.Unescape(escaped)));

    [Fact]
    public void Every_character_of_every_plane_can_be_kept_searched_and_normalized()
    {
        for (var value = 1; value <= 0x10FFFF; value++)
            if (Rune.TryCreate(value, out var rune))
            {
                var text = $"a{rune}\u0301";
                Assert.True(UnicodeText.IsValid(text));
                Assert.Equal(UnicodeText.Normalized(text), UnicodeText.Normalized(UnicodeText.Normalized(text)));
            }
    }

    [Property(MaxTest = 500)]
    public void Normalizing_is_what_the_framework_does_where_it_does_not_throw(string[] parts)
    {
        string[] valid = [.. parts.Select(part => part ?? "").Where(part => UnicodeText.IsValid(part) && !part.Contains('\uFFFE', StringComparison.Ordinal))];

        Assert.All(valid, part => Assert.Equal(part.Normalize(), UnicodeText.Normalized(part)));
        Assert.Equal(string.Join('\uFFFE', valid.Select(part => part.Normalize())), UnicodeText.Normalized(string.Join('\uFFFE', valid)));
    }

    [Property]
    public void What_is_shown_is_valid_and_never_longer_than_asked_for(string? text, byte most)
    {
        var shown = UnicodeText.Shown(text ?? "", most + 1);

        Assert.True(UnicodeText.IsValid(shown));
        Assert.True(shown.Length <= most + 1);
    }
}
