using FsCheck.Fluent;
using FsCheck.Xunit;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Tests.Accounts;
using Loyalty.Time;

namespace Loyalty.Tests.Campaigns;

/// <summary>Looking only at campaigns whose fields have changed misses none that has begun to match.</summary>
public sealed class JoinIndexTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<Account> World = [.. RandomAccounts.Account(1).Sample(200, 50)];

    [Property(MaxTest = 1000, Arbitrary = [typeof(RandomAccounts)])]
    public void Every_campaign_that_an_account_begins_to_match_is_a_candidate(Constraint[] constraints, byte before, byte now)
    {
        Constraint[] valid = [.. constraints.Where(constraint => constraint.Fault() is null)];
        var index = new JoinIndex([Campaign("one", valid)]);
        var (was, stands) = (World[before % World.Count], World[now % World.Count]);

        var begins = valid.Length > 0 && !valid.AllHold(was, Now, Zone.Utc) && valid.AllHold(stands, Now, Zone.Utc);

        Assert.True(!begins || index.Candidates(was, stands).Any());
        Assert.Single(index.Candidates(null, stands));
    }

    [Fact]
    public void An_account_that_stays_as_it_is_is_looked_at_by_those_alone_that_look_at_the_time()
    {
        var index = new JoinIndex(
        [
            Campaign("orders", Given.Constraint("counters.orders", ConstraintOp.Gte, "5")),
            Campaign("asleep", Given.Constraint("header.lastOrder", ConstraintOp.Lt, "-P30D")),
            Campaign("since", Given.Constraint("header.created", ConstraintOp.Gt, "2026-01-01")),
        ]);

        Assert.Equal(["demo/asleep"], index.Candidates(Given.Account(), Given.Account()));
    }

    [Theory]
    [InlineData("tags.vip", "demo/tag")]
    [InlineData("counters.orders", "demo/asleep demo/orders")]
    [InlineData("properties.colour", "demo/colour")]
    [InlineData("venues.old-town", "demo/venue")]
    public void A_change_is_looked_at_by_those_that_look_at_its_field(string field, string expected)
    {
        var index = new JoinIndex(
        [
            Campaign("orders", Given.Constraint("counters.orders", ConstraintOp.Gte, "5")),
            Campaign("asleep", Given.Constraint("counters.orders", ConstraintOp.Gte, "1"), Given.Constraint("tags.sleepy", ConstraintOp.Exists)),
            Campaign("tag", Given.Constraint("tags.vip", ConstraintOp.Exists)),
            Campaign("colour", Given.Constraint("properties.colour", ConstraintOp.Ne, "red")),
            Campaign("venue", Given.Constraint("venues.old-town", ConstraintOp.Eq, "true")),
        ]);
        var before = Given.Account();
        var now = field.Split('.') switch
        {
            ["tags", var tag] => before with { Tags = [tag] },
            ["venues", var venue] => before with { Venues = [venue] },
            ["counters", var counter] => before with { Counters = new Dictionary<string, decimal> { [counter] = 1 } },
            var property => before with { Properties = new Dictionary<string, string> { [property[1]] = "blue" } },
        };

        Assert.Equal(expected, string.Join(' ', index.Candidates(before, now)));
    }

    private static Campaign Campaign(string id, params Constraint[] constraints) =>
        Given.Campaign(Given.Definition(new MessageStateDefinition { Id = "hello", Title = "Hello", Message = "Hello" }) with { Id = id, Constraints = constraints });
}
