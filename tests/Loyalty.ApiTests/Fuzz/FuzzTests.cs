using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>
/// Malformed and odd requests for every operation of the OpenAPI document: whatever is sent, no answer is a fault of ours, what is
/// refused changes nothing, and deciding goes on. LOYALTY_FUZZ_SEED repeats a run, LOYALTY_FUZZ_COUNT makes it longer.
/// </summary>
public sealed class FuzzTests(FuzzedHost host) : IClassFixture<FuzzedHost>
{
    private const int BetweenLooks = 100;
    private const int MostFaults = 10;

    private static readonly string[] Rich = ["postEvent", "putCampaign", "initializeCampaign"];

    private static readonly int Seed = Setting("LOYALTY_FUZZ_SEED") ?? RandomNumberGenerator.GetInt32(1_000_000);
    private static readonly int Count = Setting("LOYALTY_FUZZ_COUNT") ?? 3_000;

    [Fact]
    public async Task Whatever_is_sent_is_answered_well_refused_without_a_trace_and_stops_nobody()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"LOYALTY_FUZZ_SEED={Seed} LOYALTY_FUZZ_COUNT={Count}");
        using var tenant = await FuzzedTenant.MakeAsync(host);
        var document = JsonNode.Parse(await tenant.Callers["nobody"].GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken))!;
        // Note: what takes the most comes more often.
        var all = Operation.AllOf(document);
        Operation[] operations = [.. all, .. all.Where(operation => operation.Body is not null), .. Enumerable.Repeat(all.Where(operation => Rich.Contains(operation.Id)), 5).SelectMany(rich => rich)];
        var maker = new RequestMaker(new Samples(document), tenant.Names, [.. tenant.Callers.Keys], FuzzedTenant.WebhookSecret);
        var judge = new Judge(tenant);
        for (var number = 0; number < Count && judge.Faults.Count < MostFaults; number++)
        {
            // Note: each operation comes in turn, and each request has dice of its own, so that a run can be read.
            await judge.SendAsync(number, maker.Make(operations[number % operations.Length], new Chance(unchecked((Seed * 1_000_003) + number))));
            if (number % BetweenLooks == BetweenLooks - 1 || number == Count - 1)
                await judge.LookAfterOthersAsync(number);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"Answers: {string.Join(", ", judge.Answered.Select(pair => $"{pair.Value} × {pair.Key}"))}");
        TestContext.Current.TestOutputHelper?.WriteLine($"Never taken: {string.Join(", ", all.Select(operation => operation.Id).Except(judge.Taken))}");
        Assert.True(judge.Faults.Count == 0, $"LOYALTY_FUZZ_SEED={Seed}\n\n{string.Join("\n\n", judge.Faults)}");
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>A host that counts nobody's calls.</summary>
public sealed class FuzzedHost : HostProcess
{
    public FuzzedHost()
    {
        Settings["Auth__CallsPerMinute"] = "0";
        Settings["Auth__SignInsPerMinute"] = "0";
    }
}
