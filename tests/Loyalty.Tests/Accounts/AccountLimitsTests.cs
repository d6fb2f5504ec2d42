using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Accounts;

public sealed class AccountLimitsTests
{
    [Theory]
    [InlineData("tags", 256, "addTags")]
    [InlineData("properties", 256, "properties")]
    [InlineData("counters", 256, "counters")]
    [InlineData("relations", 1000, "id")]
    public void Up_to_the_limit_all_is_kept_and_beyond_it_the_event_is_rejected_with_the_limits_name(string what, int most, string field)
    {
        var simulator = new PassSimulator();
        Assert.All(simulator.Decide(Enumerable.Range(0, most).Select(index => simulator.Event(Event(what, index)))), outcome => Assert.Null(outcome.Problem));
        Assert.Equal(most, Count(simulator.Account("alice"), what));
        var before = simulator.Everything();

        var problem = simulator.Decide(Event(what, most)).Problem!;

        Assert.Equal(("account_limit", 409), (problem.Code, problem.Status));
        Assert.Equal([field], problem.Errors!.Keys);
        Assert.Equal($"An account has at most {most} {what}; alice would have {most + 1}.", problem.Detail);
        Assert.Equal(before, simulator.Everything());
        Assert.Null(simulator.Decide(Event(what, 0)).Problem);
        Assert.Null(simulator.Decide(new LoginEvent { Account = "alice" }).Problem);
    }

    [Fact]
    public void A_relation_that_the_other_account_has_no_room_for_is_rejected()
    {
        var simulator = new PassSimulator();
        simulator.Decide(Enumerable.Range(0, 1000).Select(index => simulator.Event(Event("relations", index))));

        var relation = simulator.Decide(new RelationEvent { Account = "bob", Type = RelationType.Friend, Id = "alice" });
        var invitation = simulator.Decide(new ProfileEvent { Account = "bob", InvitedBy = simulator.Account("alice").Mgm });

        Assert.Equal(["id"], relation.Problem!.Errors!.Keys);
        Assert.Equal(["invitedBy"], invitation.Problem!.Errors!.Keys);
        Assert.DoesNotContain(simulator.Accounts, account => account.Id == "bob");
    }

    [Fact]
    public void An_ORDER_is_never_refused_for_a_limit()
    {
        var simulator = new PassSimulator();
        simulator.Decide(Enumerable.Range(0, 256).Select(index => simulator.Event(Event("counters", index))));
        Assert.Equal(["amount"], simulator.Decide(new WalletEvent { Account = "alice", Amount = 1 }).Problem!.Errors!.Keys);

        Assert.Equal(OutcomeStatus.Applied, simulator.Decide(new OrderEvent { Account = "alice", Order = Campaigns.Given.Order() }).Status);

        Assert.Equal(258, simulator.Account("alice").Counters.Count);
        Assert.Null(simulator.Decide(Event("counters", 7)).Problem);
        Assert.NotNull(simulator.Decide(Event("counters", 256)).Problem);
    }

    [Fact]
    public void What_is_beyond_a_limit_already_may_shrink()
    {
        var full = Campaigns.Given.Account() with { Tags = [.. Enumerable.Range(0, 300).Select(index => $"t{index}")] };
        var cause = new PropertiesEvent();

        Assert.Null(AccountLimits.Fault(full, full, cause));
        Assert.Null(AccountLimits.Fault(full, full with { Tags = [.. full.Tags.Take(299)] }, cause));
        Assert.NotNull(AccountLimits.Fault(full, full with { Tags = [.. full.Tags, "more"] }, cause));
    }

    private static LoyaltyEvent Event(string what, int index) => what switch
    {
        "tags" => new PropertiesEvent { Account = "alice", AddTags = [$"x{index}"] },
        "properties" => new PropertiesEvent { Account = "alice", Properties = new Dictionary<string, string?> { [$"x{index}"] = "y" } },
        "counters" => new CountersEvent { Account = "alice", Counters = new Dictionary<string, decimal> { [$"x{index}"] = 1 } },
        _ => new RelationEvent { Account = "alice", Type = RelationType.Friend, Id = $"friend-{index}", DoNotProcessSymmetry = true },
    };

    private static int Count(Account account, string what) => what switch
    {
        "tags" => account.Tags.Count,
        "properties" => account.Properties.Count,
        "counters" => account.Counters.Count,
        _ => account.Relations.Count,
    };
}
