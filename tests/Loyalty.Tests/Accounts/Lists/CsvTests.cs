using System.Buffers;
using System.Globalization;
using System.Text;
using CsvHelper;
using FsCheck.Xunit;
using Loyalty.Accounts;
using Loyalty.Web;

namespace Loyalty.Tests.Accounts.Lists;

/// <summary>CSV that people open with spreadsheets.</summary>
public sealed class CsvTests
{
    private static readonly string[] Pieces = ["=", "+", "-", "@", "＝", "＋", "\t", "\r", "\n", ",", ";", "\"", "'", " ", "\u200B", "\uFEFF", "\u00A0", "a", "1", "|", "cmd", "%"];

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("x;=cmd|'/C calc'!A0;y", "x;'=cmd|'/C calc'!A0;y")]
    [InlineData("x,\u200B＝1", "x,'\u200B＝1")]
    [InlineData("\uFEFF=1", "'\uFEFF=1")]
    [InlineData("\"=1", "'\"=1")]
    [InlineData("−1+1", "'−1+1")]
    [InlineData("+48 600 100 200", "+48 600 100 200")]
    [InlineData("+48600100200", "+48600100200")]
    [InlineData("+48-600-100", "'+48-600-100")]
    [InlineData("-5.50", "-5.50")]
    [InlineData("a=1", "a=1")]
    [InlineData("mail@example.com", "mail@example.com")]
    [InlineData("Anna, Bea; Cleo", "Anna, Bea; Cleo")]
    public void A_text_is_harmless_and_a_number_stays_one(string text, string cell)
    {
        Assert.Equal(cell, HarmlessText.Of(text));
        Assert.Equal(text, HarmlessText.Original(cell));
    }

    [Property(MaxTest = 500)]
    public void No_cell_begins_a_formula_under_any_separator(byte[][] texts)
    {
        string[] cells = ["first", .. texts.Select(bytes => string.Concat(bytes.Select(piece => Pieces[piece % Pieces.Length])))];
        foreach (var written in new[] { ',', ';', '\t' })
        {
            var csv = Write(new CsvForm(written, false), cells);
            foreach (var read in new[] { ",", ";", "\t" })
                Assert.DoesNotContain(Cells(csv, read), IsFormula);
        }
    }

    [Property(MaxTest = 300)]
    public void What_is_read_again_is_what_was_written(byte[] bytes)
    {
        var text = string.Concat(bytes.Select(piece => Pieces[piece % Pieces.Length]));

        Assert.Equal(text, HarmlessText.Original(HarmlessText.Of(text)));
    }

    [Fact]
    public void Excel_gets_texts_that_look_like_numbers_as_texts_and_numbers_with_the_comma_of_its_language()
    {
        var csv = Write(new CsvForm(';', true), "0048600100200", "+48 600", "12345678901234567890", "1-2", "Zażółć", 13.99m);

        Assert.StartsWith("\uFEFF", csv, StringComparison.Ordinal);
        Assert.Equal(["=\"0048600100200\"", "=\"+48 600\"", "=\"12345678901234567890\"", "=\"1-2\"", "Zażółć", "13,99"], Cells(csv, ";").Skip(6));
    }

    [Fact]
    public void A_separator_that_nobody_knows_is_refused() => Assert.Throws<BadParameterException>(() => CsvForm.Of("pipe", null));

    private static bool IsFormula(string cell)
    {
        var seen = cell.TrimStart('"', ' ', '\t', '\r', '\n', '\u200B', '\uFEFF', '\u00A0');
        return seen is ['=' or '+' or '-' or '@' or '＝' or '＋' or '|' or '%', ..] && !decimal.TryParse(seen, NumberStyles.Any, CultureInfo.InvariantCulture, out _)
            && !System.Text.RegularExpressions.Regex.IsMatch(seen, @"^\+[0-9 ]+\z");
    }

    private static string Write(CsvForm form, params object[] cells)
    {
        var output = new ArrayBufferWriter<byte>();
        using var rows = new CsvRows<object[]>(output, [.. cells.Select((_, index) => new Column<object[]>($"c{index}", row => row[index]))], JsonSettings.Options, form);
        rows.Write(cells);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static List<string> Cells(string csv, string separator)
    {
        using var reader = CsvReader.FromText(csv.TrimStart('\uFEFF'), new CsvReaderOptions { Separator = separator[0], HasHeader = false, MalformedData = CsvMalformedDataHandling.Recover });
        var cells = new List<string>();
        while (reader.Read())
            for (var index = 0; index < reader.FieldCount; index++)
                cells.Add(reader.GetString(index));
        return cells;
    }
}
