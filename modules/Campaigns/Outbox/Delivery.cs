using System.Net.Http.Headers;
using System.Text;
using Loyalty.Accounts.Contracts;
using Loyalty.Web.Outbound;

namespace Loyalty.Campaigns;

/// <summary>One call to a receiver: signed, with an idempotency key, and over after the time-out.</summary>
internal sealed class Delivery(ILoyaltySettings settings, OutboundRules rules, OutboxOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    private readonly HttpMessageInvoker http = OutboundHttp.Create(rules);

    public async Task<Verdict> SendAsync(OutboxItem item)
    {
        var known = await settings.OfAsync(item.Tenant, CancellationToken.None);
        var (url, secret) = item.Kind == OutboxKind.Push
            ? (known.PushWebhookUrl, known.PushWebhookSecret)
            : (known.WalletUrl is { } wallet ? $"{wallet.TrimEnd('/')}/wallet/{Uri.EscapeDataString(item.Account)}/batch" : null, known.WalletSecret);
        if (url is null || secret is null)
            return new Verdict.Dead("The tenant has no address or no secret for it any more. Set them, then resend.");
        if (rules.Fault(url) is { } fault)
            return new Verdict.Dead($"The tenant's address may not be called. {fault}");
        using var limit = new CancellationTokenSource(options.TimeOut);
        try
        {
            using var request = Request(item, url, secret);
            using var answer = await http.SendAsync(request, limit.Token);
            return Verdict.Of(answer.StatusCode, RestOf(answer.Headers.RetryAfter));
        }
        catch (OperationCanceledException)
        {
            return new Verdict.Again($"The receiver did not answer within {options.TimeOut.TotalSeconds:0.#} s.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OutboundRefusedException)
        {
            return Refusal(error) is { } refused ? new Verdict.Dead($"The tenant's address may not be called: {refused}") : new Verdict.Again($"The receiver was not reached: {error.Message}");
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(OutboxItem item, string url, string secret)
    {
        var body = Encoding.UTF8.GetBytes(item.Body);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Loyalty-API", "1"));
        request.Headers.Add("Idempotency-Key", item.Id);
        request.Headers.Add("x-tenant", item.Tenant);
        foreach (var (name, value) in Signatures.Headers(item.Id, time.GetUtcNow(), body, secret))
            request.Headers.Add(name, value);
        return request;
    }

    private static string? Refusal(Exception? error) => error is null ? null : error as OutboundRefusedException is { } refused ? refused.Message : Refusal(error.InnerException);

    private TimeSpan? RestOf(RetryConditionHeaderValue? header)
    {
        var rest = header?.Delta ?? header?.Date - time.GetUtcNow();
        return rest > LongestRest ? LongestRest : rest > TimeSpan.Zero ? rest : null;
    }
}
