using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Accounts;

public sealed class ErasureTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_of_an_erased_account_stays_whether_it_was_known_before_the_pass_or_not(bool isOnePass)
    {
        var simulator = new PassSimulator();
        LoyaltyEvent[] story =
        [
            new ProfileEvent { Account = "alice", FirstName = "Alice" },
            new CardEvent { Account = "alice", Card = "card-1" },
            new OrderEvent { Account = "alice", Order = Campaigns.Given.Order() },
            new RelationEvent { Account = "bob", Type = RelationType.Friend, Id = "alice", DoNotProcessSymmetry = true },
            new RelationEvent { Account = "carol", Type = RelationType.Invited, Id = "alice" },
            new DeletedEvent { Account = "alice" },
        ];
        if (isOnePass)
            simulator.Decide(story.Select(happened => simulator.Event(happened)));
        else
            Assert.All(story, happened => simulator.Decide(happened));
        simulator.DecideFollowUps();

        Assert.Equal(["bob", "carol"], simulator.Accounts.Select(account => account.Id).Order());
        Assert.All(simulator.Accounts, account => Assert.Empty(account.Relations));
        Assert.DoesNotContain("alice", simulator.Everything(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("card-1", simulator.Everything(), StringComparison.Ordinal);
        Assert.Equal("order_of_erased_account", simulator.Decide(new OrderEvent { Account = "alice", Order = Campaigns.Given.Order() }).Problem?.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_later_event_begins_a_new_account_under_the_same_id(bool isOnePass)
    {
        var simulator = new PassSimulator();
        simulator.Decide(new ProfileEvent { Account = "alice", FirstName = "Alice" });
        var before = simulator.Account("alice");
        InboxEntry[] entries = [simulator.Event(new DeletedEvent { Account = "alice" }), simulator.Event(new LoginEvent { Account = "alice" })];
        if (isOnePass)
            simulator.Decide(entries);
        else
            Assert.All(entries, entry => simulator.Decide(entry));

        var after = simulator.Account("alice");
        Assert.Null(after.Header.FirstName);
        Assert.NotEqual(before.Incarnation, after.Incarnation);
        Assert.NotEqual(before.Mgm, after.Mgm);
    }

    [Fact]
    public void No_entry_names_an_erased_account_not_even_those_of_the_erasure_itself()
    {
        var simulator = new PassSimulator();
        simulator.Collection<InboxEntry>(InboxStore.Name).InsertMany(Told(simulator), cancellationToken: TestContext.Current.CancellationToken);
        simulator.DecideInInbox();

        var left = string.Join('\n', simulator.All<MongoDB.Bson.BsonDocument>(InboxStore.Name).Select(entry => MongoDB.Bson.BsonExtensionMethods.ToJson(entry)));
        foreach (var marker in new[] { "alice", "card-of-hers", "old-card-of-hers", "her@mail", "555-phone" })
        {
            Assert.DoesNotContain(marker, left, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(marker, simulator.Everything(), StringComparison.OrdinalIgnoreCase);
        }
        Assert.Contains("erased", left, StringComparison.Ordinal);
    }

    private static InboxEntry[] Told(PassSimulator simulator)
    {
        var order = Campaigns.Given.Order() with { Users = [new OrderUser { UserId = "alice", Roles = ["CREATOR"], Phone = "555-phone", Email = "her@mail" }] };
        LoyaltyEvent[] story =
        [
            new ProfileEvent { Account = "alice", FirstName = "Alice" },
            new CardEvent { Account = "alice", Card = "old-card-of-hers" },
            new CardEvent { Account = "alice", Card = "card-of-hers" },
            new LoginEvent { Account = "bob", Card = "card-of-hers" },
            new RelationEvent { Account = "bob", Type = RelationType.Friend, Id = "alice" },
            new OrderEvent { Account = "bob", Order = order.WithoutContacts() },
            new DeletedEvent { Account = "alice" },
        ];
        return [.. story.Select(happened => simulator.Event(happened))];
    }

    [Fact]
    public void Erasing_nobody_is_refused() => Assert.Equal("account_not_found", new PassSimulator().Decide(new DeletedEvent { Account = "alice" }).Problem?.Code);
}
