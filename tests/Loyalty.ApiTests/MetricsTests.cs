namespace Loyalty.ApiTests;

/// <summary>What a monitoring system reads.</summary>
public sealed class MetricsTests(SharedHost host)
{
    [Fact]
    public async Task The_metrics_endpoint_shows_requests_and_the_embedded_store()
    {
        using var monitor = host.Anonymous();
        await monitor.GetJsonAsync("api/my", 401);
        var metrics = await monitor.GetStringAsync(new Uri("metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("http_server_request_duration_seconds", metrics, StringComparison.Ordinal);
        if (RealMongo.Server is null)
            Assert.Contains("embedded", metrics, StringComparison.OrdinalIgnoreCase);
    }
}
