using Loyalty.Tests.Architecture;

namespace Loyalty.Tests.Auth;

/// <summary>What the compose file opens, and to whom.</summary>
public sealed class ComposeTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root.FullName, "build", "compose.yaml"));

    [Fact]
    public void MongoDB_asks_for_a_password_and_is_published_nowhere()
    {
        var mongo = Service("mongo");
        Assert.DoesNotContain(mongo, line => line.TrimStart().StartsWith("ports:", StringComparison.Ordinal));
        Assert.Contains(mongo, line => line.Contains("MONGO_INITDB_ROOT_PASSWORD: ${LOYALTY_MONGO_PASSWORD:?", StringComparison.Ordinal));
        Assert.Contains(mongo, line => line.Contains("--keyFile", StringComparison.Ordinal));
        Assert.Contains(Service("loyalty"), line => line.Contains("mongodb://loyalty:${LOYALTY_MONGO_PASSWORD", StringComparison.Ordinal));
    }

    [Fact]
    public void The_host_is_published_on_the_loopback_address_only()
    {
        var ports = Assert.Single(Service("loyalty"), line => line.TrimStart().StartsWith("ports:", StringComparison.Ordinal));
        Assert.Contains("\"127.0.0.1:", ports, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mongo")]
    [InlineData("loyalty")]
    public void Each_service_is_started_again_and_looked_after(string service)
    {
        Assert.Contains(Service(service), line => line.Trim() == "restart: unless-stopped");
        Assert.Contains(Service(service), line => line.Trim() == "healthcheck:");
    }

    [Fact]
    public void No_secret_stands_in_it() =>
        Assert.All(Lines.Where(line => line.Contains("PASSWORD:", StringComparison.Ordinal) || line.Contains("Secret:", StringComparison.Ordinal) || line.Contains("Password:", StringComparison.Ordinal)),
            line => Assert.Contains("${LOYALTY_", line, StringComparison.Ordinal));

    private static string[] Service(string name) =>
        [.. Lines.SkipWhile(line => line != $"  {name}:").Skip(1).TakeWhile(line => line.Length == 0 || line.StartsWith("   ", StringComparison.Ordinal))];
}
