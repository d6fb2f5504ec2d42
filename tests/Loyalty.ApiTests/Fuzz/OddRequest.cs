using System.Security.Cryptography;
using System.Text;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>A request as it goes out.</summary>
internal sealed record OddRequest(
    Operation Operation, string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, string? ContentType,
    string Caller)
{
    private const int Shown = 3_000;
    private const int LargeBody = 16 * 1024;

    public HttpRequestMessage ToMessage(Uri address)
    {
        var asItIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var message = new HttpRequestMessage(Operation.Method, new Uri($"{address}{Path.TrimStart('/')}", asItIs));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            // Note: a client that does not wait for the refusal of a large body may find the connection closed.
            message.Headers.ExpectContinue = Body.Length > LargeBody;
            if (ContentType is not null)
                message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }
        foreach (var (name, value) in Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    /// <summary>The hook's signature, right for whatever stands in the body.</summary>
    public OddRequest SignedWith(string secret)
    {
        var signature = SHA256.HashData([.. Body ?? [], .. Encoding.UTF8.GetBytes(secret)]);
        return this with { Headers = [.. Headers, ("x-signature", Convert.ToHexStringLower(signature))] };
    }

    public override string ToString()
    {
        var text = new StringBuilder($"{Operation.Method} {Path}\nas {Caller}\n");
        foreach (var (name, value) in Headers)
            text.Append(name).Append(": ").Append(value).Append('\n');
        text.Append("Content-Type: ").Append(ContentType).Append("\n\n");
        text.Append(Encoding.UTF8.GetString(Body ?? []));
        return text.Length <= Shown ? text.ToString() : $"{text.ToString(0, Shown)}… ({text.Length} characters)";
    }
}
