using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Loyalty.Web;

namespace Loyalty.Events.Contracts;

/// <summary>Reads money from a JSON number or string, without loss, and writes it as a number.</summary>
public sealed class MoneyConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetDecimal(out var number) => number,
        JsonTokenType.String when decimal.TryParse(
            reader.GetString(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var text) => text,
        _ => throw new BadValueException("An amount of money is a number, or a string that holds one such as \"13.99\"."),
    };

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
