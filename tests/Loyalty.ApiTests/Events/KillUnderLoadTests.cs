using System.Globalization;

namespace Loyalty.ApiTests.Events;

/// <summary>kill -9 at any moment under load: what was acknowledged is applied, once.</summary>
public sealed class KillUnderLoadTests
{
    /// <summary>Note: 5 in CI; build/soak.sh asks for 100.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("LOYALTY_SOAK_KILLS") ?? "5", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_happens_twice_however_often_the_host_is_killed()
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        var load = new Load("kill", accounts: 7, perBatch: 10);
        var random = new Random(Kills);
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => load.RunAsync(host.AsPartnerAsync, stop.Token))).ToArray();
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(200, 1500), TestContext.Current.CancellationToken);
            await host.RestartAsync();
        }
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        await host.RestartAsync();
        using var partner = await host.AsPartnerAsync();
        Assert.True(load.Acknowledged > 0, "no batch was acknowledged");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await load.AssertBetweenAsync(partner);
        await load.RepeatAsync(partner);
        await load.AssertExactAsync(partner);
    }
}
