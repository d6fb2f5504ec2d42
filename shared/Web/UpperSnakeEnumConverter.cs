using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loyalty.Web;

/// <summary>
/// Enums as <c>UPPER_SNAKE</c> text, exactly. Note: the framework's own converter does not say which values it knows.
/// </summary>
internal sealed class UpperSnakeEnumConverter : JsonConverterFactory
{
    public static string NameOf(object member) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(member.ToString()!);

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T> where T : struct, Enum
    {
        private static readonly Dictionary<string, T> Members = Enum.GetValues<T>().ToDictionary(member => NameOf(member));
        private static readonly Dictionary<T, string> Names = Members.ToDictionary(pair => pair.Value, pair => pair.Key);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? Find(reader.GetString()!) : throw Unknown();

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Find(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Names[value]);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(Names[value]);

        private static T Find(string name) => Members.TryGetValue(name, out var member) ? member : throw Unknown();

        private static BadValueException Unknown() => new($"Expected one of {string.Join(", ", Members.Keys)}.");
    }
}
