using System.Security.Cryptography;
using System.Text;
using Loyalty.Outbox;

namespace Loyalty.Tests.Outbox;

public sealed class SignaturesTests
{
    /// <summary>The example of the Standard Webhooks specification's libraries.</summary>
    [Fact]
    public void The_signature_is_that_of_standard_webhooks()
    {
        var headers = Of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}""", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", headers["webhook-signature"]);
        Assert.Equal(("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330"), (headers["webhook-id"], headers["webhook-timestamp"]));
    }

    [Fact]
    public void A_secret_that_is_no_base64_is_its_own_bytes()
    {
        var headers = Of("id", 1, "{}", "a plain secret of a tenant");

        Assert.Equal(
            $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes("a plain secret of a tenant"), Encoding.UTF8.GetBytes("id.1.{}")))}",
            headers["webhook-signature"]);
    }

    [Fact]
    public void The_other_signature_is_that_of_the_ordering_platform() => Assert.Equal(
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("{\"a\":1}secret"))), Of("id", 1, "{\"a\":1}", "secret")["x-signature"]);

    [Fact]
    public void Another_id_time_body_or_secret_gives_another_signature()
    {
        string[] signatures =
        [
            Of("id", 1, "{}", "secret-one-of-many")["webhook-signature"], Of("ie", 1, "{}", "secret-one-of-many")["webhook-signature"],
            Of("id", 2, "{}", "secret-one-of-many")["webhook-signature"], Of("id", 1, "[]", "secret-one-of-many")["webhook-signature"],
            Of("id", 1, "{}", "secret-two-of-many")["webhook-signature"],
        ];

        Assert.Equal(signatures.Length, signatures.Distinct().Count());
    }

    private static Dictionary<string, string> Of(string id, long at, string body, string secret) =>
        new(Signatures.Headers(id, DateTimeOffset.FromUnixTimeSeconds(at), Encoding.UTF8.GetBytes(body), secret));
}
