namespace Loyalty.ApiTests.Fuzz;

/// <summary>
/// Reads what a refused request must not have changed: what the management knows, or what the programme does.
/// </summary>
internal sealed class Witness(FuzzedTenant tenant)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly (string Caller, string Path)[] Programme =
    [
        ("manager", "api/export/account"), ("manager", "api/campaign"), ("manager", "api/operations/schedule"),
        ("manager", "api/operations/outbox"), ("manager", "api/operations/notices"),
    ];

    private readonly Dictionary<bool, string> known = [];

    private (string Caller, string Path)[] Management =>
    [
        ("manager", "auth-api/api/user"), ("manager", $"auth-api/api/tenant/{tenant.Names.Tenant}"),
        ("manager", $"auth-api/api/tenant/{tenant.Names.Tenant}/loyalty"), ("administrator", "auth-api/api/tenant"),
        ("administrator", "auth-api/api/client"),
    ];

    /// <summary>Something has been accepted: what was read before is no longer what must be found.</summary>
    public void Forget() => known.Clear();

    /// <summary>Looks at what is there before a request, unless it is known.</summary>
    public async Task RememberAsync(Operation operation)
    {
        if (!known.ContainsKey(IsManagement(operation)))
            known[IsManagement(operation)] = await ReadAsync(operation);
    }

    /// <summary>What is different from before; null if nothing is.</summary>
    public async Task<string?> DifferenceAsync(Operation operation)
    {
        var (before, now) = (known[IsManagement(operation)], await ReadAsync(operation));
        if (before == now)
            return null;
        known[IsManagement(operation)] = now;
        var (gone, come) = (before.Split('\n').Except(now.Split('\n')), now.Split('\n').Except(before.Split('\n')));
        return $"gone:\n{string.Join('\n', gone)}\nnew:\n{string.Join('\n', come)}";
    }

    /// <summary>Waits until what was accepted before has been done, as far as it is done in the background.</summary>
    public async Task SettleAsync(Operation operation)
    {
        for (var quiet = 0; quiet < 3; quiet = await DifferenceAsync(operation) is null ? quiet + 1 : 0)
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
    }

    private static bool IsManagement(Operation operation) =>
        operation.Path.StartsWith("/auth-api", StringComparison.Ordinal);

    private async Task<string> ReadAsync(Operation operation)
    {
        var parts = new List<string>();
        foreach (var (caller, path) in IsManagement(operation) ? Management : Programme)
            parts.Add(await TextAsync(caller, path));
        // Note: a line each, so that a difference can be shown.
        return string.Join('\n', parts).Replace("},{", "},\n{", StringComparison.Ordinal);
    }

    private async Task<string> TextAsync(string caller, string path)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var answer = await tenant.Callers[caller].GetAsync(new Uri(path, UriKind.Relative), cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}: {text}");
        return $"{path}\n{text}";
    }
}
