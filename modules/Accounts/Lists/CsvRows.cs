using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Loyalty.Accounts;

/// <summary>One column of a CSV file. Its values are text, numbers, instants, days, lists of text, or maps.</summary>
internal sealed record Column<T>(string Name, Func<T, object?> Value);

/// <summary>Rows as CSV (RFC 4180) with a header line. No cell can run as a formula.</summary>
internal sealed class CsvRows<T>(IBufferWriter<byte> output, IReadOnlyList<Column<T>> columns, JsonSerializerOptions json) : IRows<T>
{
    /// <summary>Note: with these a spreadsheet takes a text for a formula or throws away what stands before one (OWASP, "CSV Injection").</summary>
    private const string BeginsFormula = "=+-@＝＋－＠";

    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create("\",;\r\n\t ");

    private readonly StringBuilder line = new();
    private bool any;

    public void Write(T row)
    {
        WriteHeader();
        WriteLine(columns.Select(column => Text(column.Value(row))));
    }

    public void End() => WriteHeader();

    public void Dispose()
    {
    }

    private void WriteHeader()
    {
        if (!any)
            WriteLine(columns.Select(column => column.Name));
        any = true;
    }

    private void WriteLine(IEnumerable<string> cells)
    {
        line.Clear().AppendJoin(',', cells.Select(Quoted)).Append("\r\n");
        Encoding.UTF8.GetBytes(line.ToString(), output);
    }

    private string Text(object? value) => value switch
    {
        null => "",
        string text => Harmless(text),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IEnumerable<string> list => Harmless(string.Join(' ', list)),
        _ => JsonSerializer.Serialize(value, json),
    };

    private static string Harmless(string text) =>
        text is ['\t' or '\r' or '\n', ..] || (text.AsSpan().TrimStart() is [var first, ..] && BeginsFormula.Contains(first, StringComparison.Ordinal)) ? $"'{text}" : text;

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
