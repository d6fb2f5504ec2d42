using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>
/// Malformed and odd requests for every operation of the OpenAPI document: whatever is sent, no answer is a fault of ours,
/// what is refused changes nothing, and deciding goes on. LOYALTY_FUZZ_SEED repeats a run, LOYALTY_FUZZ_COUNT makes it
/// longer.
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
        Say($"LOYALTY_FUZZ_SEED={Seed} LOYALTY_FUZZ_COUNT={Count}");
        using var tenant = await FuzzedTenant.MakeAsync(host);
        var document = await DocumentAsync(tenant);
        var all = Operation.AllOf(document);
        // Note: what takes the most comes more often.
        Operation[] operations = [.. all, .. all.Where(operation => operation.Body is not null), .. all.SelectMany(TimesMore)];
        var callers = tenant.Callers.Keys.ToArray();
        var maker = new RequestMaker(new Samples(document), tenant.Names, callers, FuzzedTenant.WebhookSecret);
        var judge = new Judge(tenant);
        for (var number = 0; number < Count && judge.Faults.Count < MostFaults; number++)
        {
            // Note: each operation comes in turn, and each request has dice of its own, so that a run can be read.
            var dice = new Chance(unchecked((Seed * 1_000_003) + number));
            await judge.SendAsync(number, maker.Make(operations[number % operations.Length], dice));
            if (number % BetweenLooks == BetweenLooks - 1 || number == Count - 1)
                await judge.LookAfterOthersAsync(number);
        }
        Say($"Answers: {string.Join(", ", judge.Answered.Select(pair => $"{pair.Value} × {pair.Key}"))}");
        Say($"Never taken: {string.Join(", ", all.Select(operation => operation.Id).Except(judge.Taken))}");
        Assert.True(judge.Faults.Count == 0, $"LOYALTY_FUZZ_SEED={Seed}\n\n{string.Join("\n\n", judge.Faults)}");
    }

    private static IEnumerable<Operation> TimesMore(Operation operation) =>
        Rich.Contains(operation.Id) ? Enumerable.Repeat(operation, 5) : [];

    private static async Task<JsonNode> DocumentAsync(FuzzedTenant tenant)
    {
        var address = new Uri("openapi/v1.json", UriKind.Relative);
        return JsonNode.Parse(await tenant.Callers["nobody"].GetStringAsync(address, TestContext.Current.CancellationToken))!;
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
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
