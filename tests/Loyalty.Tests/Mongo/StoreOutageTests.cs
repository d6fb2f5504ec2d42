using EmbeddedStore;
using Loyalty.Mongo;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;
using Xunit;

namespace Loyalty.Tests.Mongo;

public sealed class StoreOutageTests
{
    private static readonly ConnectionId Connection = new(new ServerId(new ClusterId(), new System.Net.DnsEndPoint("nowhere", 1)));

    [Theory]
    [InlineData(14031, true)]
    [InlineData(146, true)]
    [InlineData(39, true)]
    [InlineData(91, true)]
    [InlineData(64, true)]
    [InlineData(11000, false)]
    [InlineData(2, false)]
    [InlineData(50, false)]
    public void An_error_of_a_command_is_an_outage_by_its_code(int code, bool isOutage) =>
        Assert.Equal(isOutage, StoreOutage.Is(new MongoCommandException(Connection, "no", [], new BsonDocument("code", code))));

    [Fact]
    public void What_does_not_answer_is_an_outage_and_what_is_wrong_with_a_request_is_none()
    {
        Assert.True(StoreOutage.Is(new TimeoutException()));
        Assert.True(StoreOutage.Is(new MongoConnectionException(Connection, "gone")));
        Assert.False(StoreOutage.Is(new InvalidOperationException()));
        Assert.False(StoreOutage.Is(new OperationCanceledException()));
    }

    [Fact]
    public void Readiness_tells_the_reason_for_which_writes_are_refused()
    {
        Assert.Equal(HealthStatus.Healthy, StoreCheck.Explain(new StoreStatus(StoreCondition.TakesWrites)).Status);
        var full = StoreCheck.Explain(new StoreStatus(StoreCondition.RefusesWrites, "the disk is full"));
        Assert.Equal((HealthStatus.Unhealthy, "the disk is full"), (full.Status, full.Description));
    }
}
