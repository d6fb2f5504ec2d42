using Loyalty.Accounts;
using Loyalty.Events.Contracts;
using MongoDB.Bson;

namespace Loyalty.Tests.Accounts;

public sealed class LegacyClaimTests
{
    [Fact]
    public async Task Claims_whose_ids_hold_cards_and_codes_are_taken_over_and_gone()
    {
        var simulator = new PassSimulator();
        simulator.Decide(new LoginEvent { Account = "alice" });
        var former = simulator.Collection<BsonDocument>("accounts.claims");
        await former.InsertManyAsync(
        [
            new BsonDocument { ["_id"] = "demo/card/card-1", ["account"] = "alice" },
            new BsonDocument { ["_id"] = "demo/card/free" },
        ], cancellationToken: TestContext.Current.CancellationToken);

        await new ClaimStore(simulator.Database).TakeOverFormerAsync(TestContext.Current.CancellationToken);

        Assert.Empty(simulator.All<BsonDocument>("accounts.claims"));
        Assert.Equal("alice", simulator.Decide(new LoginEvent { Card = "card-1" }).Account);
        Assert.DoesNotContain("card-1", simulator.Everything(), StringComparison.Ordinal);
    }
}
