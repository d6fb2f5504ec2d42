using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

internal enum KeyUse
{
    Signing,
    Encryption,
}

/// <summary>A key that tokens are signed or encrypted with. Numbered, so that of two hosts that make the next one, one wins.</summary>
internal sealed record StoredKey
{
    /// <summary><c>signing-1</c>; also the <c>kid</c> of the tokens.</summary>
    [BsonId]
    public required string Id { get; init; }

    public required KeyUse Use { get; init; }

    public required int Number { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Used to check tokens at once, but to make them only from here on, when every host knows it.</summary>
    public required DateTimeOffset UsedFrom { get; init; }

    /// <summary>PKCS#8 or raw bytes; encrypted when <see cref="Sealed"/>.</summary>
    public required byte[] Material { get; init; }

    public bool Sealed { get; init; }

    public static string IdOf(KeyUse use, int number) => $"{(use == KeyUse.Signing ? "signing" : "encryption")}-{number}";
}
