using System.Text.Json;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>Sends requests and holds against each other what was answered and what is there afterwards.</summary>
internal sealed class Judge(FuzzedTenant tenant)
{
    private const int AfterAccepted = 20;
    private const string Marker = """[{ "event": "PROFILE", "account": "marker", "firstName": "Still here" }]""";

    private readonly Witness witness = new(tenant);
    private int parkedBefore;
    private int acceptedLast;

    public List<string> Faults { get; } = [];

    /// <summary>How many answers had which status.</summary>
    public SortedDictionary<int, int> Answered { get; } = [];

    /// <summary>The operations that have taken something.</summary>
    public SortedSet<string> Taken { get; } = [];

    public async Task SendAsync(int number, OddRequest request)
    {
        if (!request.Operation.IsRead)
            await witness.RememberAsync(request.Operation);
        var (status, text) = await AskAsync(request);
        Answered[status] = Answered.GetValueOrDefault(status) + 1;
        if (FaultOf(request, status, text) is { } fault)
            Fault(number, request, status, text, fault);
        if (IsTaken(request, status, text))
        {
            witness.Forget();
            acceptedLast = number;
            Taken.Add(request.Operation.Id);
        }
        else if (!request.Operation.IsRead && await witness.DifferenceAsync(request.Operation) is { } difference)
            if (await IsItsOwnAsync(number, request))
                Fault(number, request, status, text, $"it was refused, and yet there is something\n{difference}");
    }

    /// <summary>
    /// Note: what was accepted shortly before may still be going on in the background; then the request is sent again in
    /// silence, and must change nothing either.
    /// </summary>
    private async Task<bool> IsItsOwnAsync(int number, OddRequest request)
    {
        if (number - acceptedLast > AfterAccepted)
            return true;
        await witness.SettleAsync(request.Operation);
        var (status, text) = await AskAsync(request);
        return !IsTaken(request, status, text) && await witness.DifferenceAsync(request.Operation) is not null;
    }

    private async Task<(int Status, string Text)> AskAsync(OddRequest request)
    {
        using var message = request.ToMessage(tenant.Callers["nobody"].BaseAddress!);
        var cancellation = TestContext.Current.CancellationToken;
        using var answer = await tenant.Callers[request.Caller].SendAsync(message, cancellation);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    private static bool IsTaken(OddRequest request, int status, string text) =>
        status < 400 && !(request.Operation.Id == "postEvent" && Rejected(text).All(isRejected => isRejected != false));

    /// <summary>Nothing is parked, and an event of somebody else's is decided.</summary>
    public async Task LookAfterOthersAsync(int number)
    {
        var parked = await tenant.Callers["manager"].GetJsonAsync("api/operations/parked");
        if (parked.GetArrayLength() > parkedBefore)
            Faults.Add($"Up to request {number} there is parked: {parked}");
        parkedBefore = parked.GetArrayLength();
        var outcomes = await tenant.Callers["partner-su"].PostJsonAsync("api/event", Marker);
        if (outcomes[0].Text("status") != "APPLIED")
            Faults.Add($"After request {number} nothing is decided any more: {outcomes}");
        await LearnAsync();
        witness.Forget();
    }

    /// <summary>So that requests can be about what is there.</summary>
    private async Task LearnAsync()
    {
        var people = await tenant.Callers["manager"].GetJsonAsync("auth-api/api/user");
        tenant.Names.User = Made(people, "login", "person-") ?? tenant.Names.User;
        var clients = await tenant.Callers["administrator"].GetJsonAsync("auth-api/api/client");
        tenant.Names.Client = Made(clients, "id", "client-") ?? tenant.Names.Client;
        var accounts = await tenant.Callers["manager"].GetJsonAsync("api/account");
        var coupons = accounts.EnumerateArray().SelectMany(account => account.GetProperty("coupons").EnumerateArray());
        tenant.Names.Coupons = [.. coupons.Select(coupon => coupon.GetString()!)];
    }

    /// <summary>The id of something that the fuzzer has made itself.</summary>
    private static string? Made(JsonElement list, string named, string like) => list.EnumerateArray()
        .Where(item => item.Text(named).StartsWith(like, StringComparison.Ordinal)).Select(item => item.Text("id")).FirstOrDefault();

    private void Fault(int number, OddRequest request, int status, string text, string fault) =>
        Faults.Add($"Request {number}: {fault}\n{request}\n→ {status} {text}");

    private static string? FaultOf(OddRequest request, int status, string text)
    {
        if (status >= 500)
            return "the answer is a fault of ours";
        if (status >= 400)
            return HasCode(text) || IsRefusedByTheServer(request, status, text) ? null : "it is no problem with a code";
        return request.Operation.Id == "postEvent" && Rejected(text).Contains(null)
            ? "an outcome does not say what is wrong"
            : null;
    }

    /// <summary>
    /// For each event of a batch, whether it was rejected; null where it was, without a problem that has a code.
    /// </summary>
    private static List<bool?> Rejected(string text) =>
    [
        .. JsonElement.Parse(text).EnumerateArray().Select(outcome => outcome.Text("status") != "REJECTED" ? false
            : outcome.TryGetProperty("problem", out var problem) && IsProblem(problem) ? true : (bool?)null),
    ];

    private static bool HasCode(string text)
    {
        try
        {
            return IsProblem(JsonElement.Parse(text));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsProblem(JsonElement problem) => problem.ValueKind == JsonValueKind.Object
        && problem.TryGetProperty("code", out var code) && code.GetString() is { Length: > 0 }
        && problem.TryGetProperty("detail", out var detail) && detail.GetString() is { Length: > 0 };

    /// <summary>Note: an address that holds NUL is refused by the server before anything of ours sees it.</summary>
    private static bool IsRefusedByTheServer(OddRequest request, int status, string text) =>
        status == 400 && text.Length == 0 && request.Path.Split('?')[0].Contains("%00", StringComparison.Ordinal);
}
