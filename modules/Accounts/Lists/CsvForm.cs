using Loyalty.Web;

namespace Loyalty.Accounts;

/// <summary>How a CSV file is written: with commas, or as the reader's spreadsheet wants it.</summary>
/// <param name="Separator">What stands between two cells.</param>
/// <param name="IsForExcel">Excel opens it right by a double click.</param>
internal sealed record CsvForm(char Separator, bool IsForExcel)
{
    /// <summary>Note: where Excel separates by semicolons, decimals are written with a comma.</summary>
    public bool HasDecimalComma => IsForExcel && Separator == ';';

    /// <param name="separator"><c>comma</c> (the default), <c>semicolon</c> (the default for Excel) or <c>tab</c>.</param>
    public static CsvForm Of(string? separator, bool? excel) => new(
        separator switch
        {
            null => excel == true ? ';' : ',',
            "comma" => ',',
            "semicolon" => ';',
            "tab" => '\t',
            _ => throw new BadParameterException("separator", "A separator is comma, semicolon or tab."),
        },
        excel == true);
}
