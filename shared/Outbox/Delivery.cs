using System.Net.Http.Headers;
using System.Text;
using Loyalty.Web.Outbound;

namespace Loyalty.Outbox;

/// <summary>One call to a receiver: signed, with an idempotency key, and over after the time-out.</summary>
internal sealed class Delivery(OutboxChannels channels, OutboundRules rules, OutboxOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    private readonly HttpMessageInvoker http = OutboundHttp.Create(rules);

    public async Task<DeliveryResult> SendAsync(OutboxItem item)
    {
        if (channels.Of(item) is not { } channel || await channel.TargetOfAsync(item, CancellationToken.None) is not ({ } url, { } secret))
            return new DeliveryResult.Dead("The tenant has no address or no secret for it any more. Set them, then resend.");
        if (rules.Fault(url) is { } fault)
            return new DeliveryResult.Dead($"The tenant's address may not be called. {fault}");
        using var limit = new CancellationTokenSource(options.TimeOut);
        try
        {
            using var request = Request(item, url, secret);
            using var answer = await http.SendAsync(request, limit.Token);
            return DeliveryResult.Of(answer.StatusCode, RestOf(answer.Headers.RetryAfter));
        }
        catch (OperationCanceledException)
        {
            return new DeliveryResult.Again($"The receiver did not answer within {options.TimeOut.TotalSeconds:0.#} s.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OutboundRefusedException)
        {
            return Refusal(error) is { } refused ? new DeliveryResult.Dead($"The tenant's address may not be called: {refused}") : new DeliveryResult.Again($"The receiver was not reached: {error.Message}");
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
