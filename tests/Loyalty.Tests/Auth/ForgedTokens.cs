using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Loyalty.Auth;

namespace Loyalty.Tests.Auth;

/// <summary>A real token, changed, and signed anew with the real key or otherwise.</summary>
internal sealed class ForgedTokens(StoredKey key, string real)
{
    /// <summary>Nothing changed: accepted, which proves that the others are refused for what was changed.</summary>
    public string Faithful => Signed(_ => { });

    public string ForAnotherAudience => Signed(claims => claims["aud"] = "another-api");

    public string WithoutAudience => Signed(claims => claims.Remove("aud"));

    public string SignedByAStranger
    {
        get
        {
            using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Sign(stranger, Header, Claims);
        }
    }

    public string AlgNone => $"{Part(new JsonObject { ["alg"] = "none", ["typ"] = "at+jwt" })}.{Part(Claims)}.";

    private JsonObject Header => Parse(real.Split('.')[0]);

    private JsonObject Claims => Parse(real.Split('.')[1]);

    private string Signed(Action<JsonObject> change)
    {
        using var ours = ECDsa.Create();
        ours.ImportPkcs8PrivateKey(key.Material, out _);
        var claims = Claims;
        change(claims);
        return Sign(ours, Header, claims);
    }

    private static string Sign(ECDsa signer, JsonObject header, JsonObject claims)
    {
        var content = $"{Part(header)}.{Part(claims)}";
        return $"{content}.{Encode(signer.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256))}";
    }

    private static JsonObject Parse(string part) =>
        JsonNode.Parse(Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '=')))!.AsObject();

    private static string Part(JsonObject json) => Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
