using System.Collections.Immutable;
using System.Text.Json;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

/// <summary>What OpenIddict keeps. It changes the object it was given and writes it back over the version it read, or fails.</summary>
internal abstract class OpenIddictDocument
{
    [BsonId]
    public string Id { get; set; } = Guid.NewGuid().ToString("N");

    public string Version { get; set; } = NewVersion();

    /// <summary>JSON; OpenIddict's and not ours to read.</summary>
    public string? Properties { get; set; }

    public static string NewVersion() => Guid.NewGuid().ToString("N");

    public ImmutableDictionary<string, JsonElement> ReadProperties() =>
        Properties is null ? ImmutableDictionary<string, JsonElement>.Empty : JsonSerializer.Deserialize<ImmutableDictionary<string, JsonElement>>(Properties)!;

    public void WriteProperties(ImmutableDictionary<string, JsonElement> properties) =>
        Properties = properties.IsEmpty ? null : JsonSerializer.Serialize(properties);
}
