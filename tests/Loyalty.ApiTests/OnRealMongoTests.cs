using System.Diagnostics;
using DotNet.Testcontainers.Builders;
using Testcontainers.MongoDb;

namespace Loyalty.ApiTests;

/// <summary>The same tests once more, on a real MongoDB, where a container engine answers.</summary>
public sealed class OnRealMongoTests
{
    [Fact]
    public async Task Everything_here_also_holds_on_a_real_MongoDB()
    {
        Assert.SkipWhen(RealMongo.Server is not null, "These tests are running on a real MongoDB already.");
        await using var mongo = await StartAsync();
        Assert.SkipWhen(mongo is null, $"No container engine answers, and {RealMongo.Variable} is not set.");

        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.Environment[RealMongo.Variable] = mongo.GetConnectionString();
        using var again = Process.Start(start)!;
        var output = await again.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await again.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(again.ExitCode == 0, output);
    }

    private static async Task<MongoDbContainer?> StartAsync()
    {
        try
        {
            var mongo = new MongoDbBuilder("mongo:8").WithReplicaSet().Build();
            await mongo.StartAsync();
            return mongo;
        }
        catch (DockerUnavailableException)
        {
            return null;
        }
    }
}
