using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Loyalty.ApiTests.Events;

/// <summary>Callers that post batches of visits under known ids, and remember which were acknowledged.</summary>
internal sealed class Load(string name, int accounts, int perBatch)
{
    private readonly ConcurrentDictionary<int, bool> acknowledged = new();
    private int next;

    public int Posted => next;

    public int Acknowledged => acknowledged.Count;

    /// <summary>Posts batch after batch until told to stop. What is not answered is left unacknowledged.</summary>
    public async Task RunAsync(Func<Task<HttpClient>> connect, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var batch = Interlocked.Increment(ref next) - 1;
            try
            {
                using var http = await connect();
                if (await PostAsync(http, batch) is { } outcomes && outcomes.All(status => status is "APPLIED" or "DUPLICATE" or "ACCEPTED"))
                    acknowledged[batch] = true;
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    /// <summary>Posts everything again: repeats change nothing, what was lost on the way in is made good.</summary>
    public async Task RepeatAsync(HttpClient http)
    {
        for (var batch = 0; batch < next; batch++)
            await PostAsync(http, batch);
    }

    /// <summary>How often each account must have been counted: at least for what was acknowledged, at most for what was posted.</summary>
    public async Task AssertBetweenAsync(HttpClient http)
    {
        for (var account = 0; account < accounts; account++)
        {
            var visits = await VisitsAsync(http, account);
            var (least, most) = (Expected(account, acknowledged.Keys), Expected(account, Enumerable.Range(0, next)));
            Assert.True(visits >= least && visits <= most, $"{name}-{account} has {visits} visits, not between {least} and {most}.");
        }
    }

    public async Task AssertExactAsync(HttpClient http)
    {
        for (var account = 0; account < accounts; account++)
            Assert.Equal(Expected(account, Enumerable.Range(0, next)), await VisitsAsync(http, account));
    }

    private int Expected(int account, IEnumerable<int> batches) =>
        batches.Sum(batch => Enumerable.Range(0, perBatch).Count(index => (batch + index) % accounts == account));

    private async Task<decimal> VisitsAsync(HttpClient http, int account)
    {
        using var answer = await http.GetAsync(new Uri($"api/account/{name}-{account}", UriKind.Relative), TestContext.Current.CancellationToken);
        if (!answer.IsSuccessStatusCode)
            return 0;
        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return json.GetProperty("counters").GetProperty("visits").GetDecimal();
    }

    private async Task<string[]?> PostAsync(HttpClient http, int batch)
    {
        var events = Enumerable.Range(0, perBatch).Select(index => string.Create(CultureInfo.InvariantCulture,
            $$$"""{"event":"COUNTERS","eventId":"{{{name}}}-{{{batch}}}-{{{index}}}","account":"{{{name}}}-{{{(batch + index) % accounts}}}","counters":{"visits":1}}"""));
        using var answer = await http.SendJsonAsync(HttpMethod.Post, "api/event", $"[{string.Join(',', events)}]");
        if (!answer.IsSuccessStatusCode)
            return null;
        var outcomes = JsonElement.Parse(await answer.Content.ReadAsStringAsync(CancellationToken.None));
        return [.. outcomes.EnumerateArray().Select(outcome => outcome.Text("status"))];
    }
}
