using System.Text;
using EmbeddedStore.Bson;

namespace EmbeddedStore.Commands;

/// <summary>A command without its values, for the log: enough to find the missing index, nothing about anybody.</summary>
internal static class Shape
{
    private const int Longest = 500;

    public static string Of(RawDocument document)
    {
        var text = new StringBuilder();
        Write(text, document);
        return text.Length <= Longest ? text.ToString() : $"{text.ToString(0, Longest)}…";
    }

    private static void Write(StringBuilder text, RawDocument document)
    {
        var separator = "{ ";
        foreach (var field in document)
        {
            text.Append(separator).Append(field.Name).Append(": ");
            separator = ", ";
            if (field.Value.IsDocument)
                Write(text, field.Value.AsDocument);
            else
                text.Append(field.Value.IsArray ? "[…]" : "?");
            if (text.Length > Longest)
                return;
        }
        text.Append(separator == "{ " ? "{}" : " }");
    }
}
