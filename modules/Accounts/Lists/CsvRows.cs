using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsvHelper;

namespace Loyalty.Accounts;

/// <summary>One column of a CSV file. Its values are text, numbers, instants, days, lists of text, or maps.</summary>
internal sealed record Column<T>(string Name, Func<T, object?> Value);

/// <summary>Rows as CSV (RFC 4180) with a header line. No cell can run as a formula.</summary>
internal sealed partial class CsvRows<T> : IRows<T>
{
    /// <summary>Note: quoted wherever any separator stands in it, so that it is one cell also for who guesses wrong.</summary>
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create("\",;\r\n\t ");

    private readonly IBufferWriter<byte> output;
    private readonly IReadOnlyList<Column<T>> columns;
    private readonly JsonSerializerOptions json;
    private readonly CsvForm form;
    private readonly MemoryStream buffer = new();
    private readonly CsvWriter csv;
    private bool any;

    public CsvRows(IBufferWriter<byte> output, IReadOnlyList<Column<T>> columns, JsonSerializerOptions json, CsvForm form)
    {
        (this.output, this.columns, this.json, this.form) = (output, columns, json, form);
        csv = CsvWriter.Create(buffer, new CsvWriterOptions { Separator = form.Separator, WriteByteOrderMark = form.IsForExcel }, leaveOpen: true);
    }

    public void Write(T row)
    {
        WriteHeader();
        WriteLine(columns.Select(column => Text(column.Value(row))));
    }

    public void End() => WriteHeader();

    public void Dispose()
    {
        csv.Dispose();
        buffer.Dispose();
    }

    private void WriteHeader()
    {
        if (!any)
            WriteLine(columns.Select(column => column.Name));
        any = true;
    }

    private void WriteLine(IEnumerable<string> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell, cell.AsSpan().ContainsAny(NeedsQuotes) ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
        csv.EndRecord();
        csv.Flush();
        output.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        buffer.SetLength(0);
    }

    private string Text(object? value) => value switch
    {
        null => "",
        string cell => Cell(cell),
        decimal number when form.HasDecimalComma => number.ToString(CultureInfo.InvariantCulture).Replace('.', ','),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IEnumerable<string> list => Cell(string.Join(' ', list)),
        _ => HarmlessText.Of(JsonSerializer.Serialize(value, json)),
    };

    /// <summary>Note: what looks like a number is text here; Excel would drop zeros and plus signs, and round what is long.</summary>
    private string Cell(string cell) => form.IsForExcel && LooksLikeNumber().IsMatch(cell) ? $"=\"{cell}\"" : HarmlessText.Of(cell);

    [GeneratedRegex(@"^[+-]?[0-9][0-9 ]*(?:[.,][0-9 ]*)?(?:[eE][+-]?[0-9]+)?\z|^[0-9]+[-/.][0-9]+(?:[-/.][0-9]+)?\z")]
    private static partial Regex LooksLikeNumber();
}
