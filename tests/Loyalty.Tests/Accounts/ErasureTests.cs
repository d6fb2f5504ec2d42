using Loyalty.Accounts.Contracts;
using Loyalty.Events;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Accounts;

public sealed class ErasureTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_of_an_erased_account_stays_whether_it_was_known_before_the_pass_or_not(bool isOnePass)
    {
        var room = new PassSimulator();
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
            room.Decide(story.Select(happened => room.Event(happened)));
        else
            Assert.All(story, happened => room.Decide(happened));
        room.Decide(room.TakeFollowUps());

        Assert.Equal(["bob", "carol"], room.Accounts.Select(account => account.Id).Order());
        Assert.All(room.Accounts, account => Assert.Empty(account.Relations));
        Assert.DoesNotContain("alice", room.Everything(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("card-1", room.Everything(), StringComparison.Ordinal);
        Assert.Equal("order_of_erased_account", room.Decide(new OrderEvent { Account = "alice", Order = Campaigns.Given.Order() }).Problem?.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_later_event_begins_a_new_account_under_the_same_id(bool isOnePass)
    {
        var room = new PassSimulator();
        room.Decide(new ProfileEvent { Account = "alice", FirstName = "Alice" });
        var before = room.Account("alice");
        InboxEntry[] entries = [room.Event(new DeletedEvent { Account = "alice" }), room.Event(new LoginEvent { Account = "alice" })];
        if (isOnePass)
            room.Decide(entries);
        else
            Assert.All(entries, entry => room.Decide(entry));

        var after = room.Account("alice");
        Assert.Null(after.Header.FirstName);
        Assert.NotEqual(before.Incarnation, after.Incarnation);
        Assert.NotEqual(before.Mgm, after.Mgm);
    }

    [Fact]
    public void Erasing_nobody_is_refused() => Assert.Equal("account_not_found", new PassSimulator().Decide(new DeletedEvent { Account = "alice" }).Problem?.Code);
}
