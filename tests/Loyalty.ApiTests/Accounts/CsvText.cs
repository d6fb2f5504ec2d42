using System.Text;

namespace Loyalty.ApiTests.Accounts;

/// <summary>Reads CSV as RFC 4180 has it, strictly.</summary>
internal static class CsvText
{
    public static IEnumerable<Dictionary<string, string>> Records(string csv)
    {
        var lines = Read(csv);
        return lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    public static List<List<string>> Read(string csv)
    {
        var lines = new List<List<string>>();
        for (var at = 0; at < csv.Length;)
        {
            var line = new List<string>();
            do
                line.Add(Cell(csv, ref at));
            while (csv[at++] == ',');
            Assert.Equal("\r\n", csv.Substring(at - 1, 2));
            at++;
            lines.Add(line);
        }
        return lines;
    }

    private static string Cell(string csv, ref int at)
    {
        if (csv[at] != '"')
        {
            var end = csv.IndexOfAny([',', '\r', '\n', '"'], at);
            return csv[at..(at = end)];
        }
        var text = new StringBuilder();
        for (at++; csv[at] != '"' || csv[at + 1] == '"'; at++)
        {
            if (csv[at] == '"')
                at++;
            text.Append(csv[at]);
        }
        at++;
        return text.ToString();
    }
}
