using Loyalty.Campaigns;
using Loyalty.Mongo;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace Loyalty.Tests.Campaigns;

public sealed class CampaignStorageTests
{
    private static readonly Campaign Spring = Given.Campaign(Example.Campaign) with
    {
        LastPass = 5,
        Version = 3,
        InitializedAt = Given.Noon,
        InitializedBy = "eve",
        Cnt = 12,
        StateStats = new Dictionary<string, long> { ["account"] = 1, ["coupon"] = long.MaxValue },
        PreviewedAt = Given.Noon.AddDays(1),
        Samples = ["alice", "bob.c"],
    };

    public CampaignStorageTests() => MongoConventions.Register();

    [Fact]
    public void A_campaign_with_everything_is_read_as_it_was_written()
    {
        var read = ReadBack(Spring);

        Assert.Equal(Example.JsonOf(Spring.Definition), Example.JsonOf(read.Definition));
        Assert.Equivalent(Spring with { Definition = read.Definition }, read, strict: true);
        Assert.Equal(Spring.Definition.States.Select(state => state.GetType()), read.Definition.States.Select(state => state.GetType()));
        Assert.Equal(Spring.Definition.Notifications!.Select(notification => notification.GetType()), read.Definition.Notifications!.Select(notification => notification.GetType()));
    }

    [Fact]
    public void States_keep_their_ids_by_that_name_and_keys_their_dots()
    {
        var states = Spring.ToBsonDocument()["definition"]["states"].AsBsonArray;

        Assert.Equal(["account", "coupon", "message", "orders", "wallet", "fixed"], states.Select(state => state["id"].AsString));
        Assert.Equal("x", states[0]["properties"]["my.dotted.key"]);
        Assert.Equal("c", states[1]["data"]["extra"]["a.b"]);
        Assert.Equal("https://x/y.png", states[2]["image"]);
    }

    [Fact]
    public void What_a_campaign_does_not_say_is_not_stored_and_reads_as_the_default()
    {
        var plain = Given.Campaign(Given.Definition(new CouponStateDefinition { Id = "coupon", ValidFor = "P1D" }, new OrderStateDefinition { Id = "orders" }));

        var read = ReadBack(plain);

        Assert.Equal(Example.JsonOf(plain.Definition), Example.JsonOf(read.Definition));
        Assert.Null(read.Definition.Notifications);
        Assert.Equal(1, Assert.IsType<CouponStateDefinition>(read.Definition.States[0]).Uses);
        Assert.Equal(1, Assert.IsType<OrderStateDefinition>(read.Definition.States[1]).Count);
        Assert.False(plain.ToBsonDocument()["definition"].AsBsonDocument.Contains("activeFrom"));
        Assert.False(plain.ToBsonDocument()["definition"]["states"][0].AsBsonDocument.Contains("stats"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(nameof(WalkEnd.Finished))]
    [InlineData(nameof(WalkEnd.Expired))]
    [InlineData(nameof(WalkEnd.Finalized))]
    public void A_membership_is_read_as_it_was_written(string? how)
    {
        WalkEnd? end = how is null ? null : Enum.Parse<WalkEnd>(how);
        var membership = Given.Membership(Example.Campaign, Given.Account()) with
        {
            LastPass = 9,
            IsArmed = true,
            Orders = ["o1", "o2"],
            Coupon = "CODE",
            LastReport = WalkReport.Message,
            End = end,
            EndedAt = end is null ? null : Given.Noon.AddDays(2),
            Steps = 4,
        };

        Assert.Equivalent(membership, ReadBack(membership), strict: true);
        Assert.Equivalent(Given.Membership(Example.Campaign, Given.Account()), ReadBack(Given.Membership(Example.Campaign, Given.Account())), strict: true);
    }

    [Fact]
    public void A_coupon_is_read_as_it_was_written()
    {
        foreach (var status in Enum.GetValues<CouponStatus>())
        {
            var coupon = CouponRuleTests.Read("3 uo1 ho2 lo3") with { LastPass = 2, Status = status, Data = ((CouponStateDefinition)Example.Campaign.States[1]).Data };

            Assert.Equivalent(coupon, ReadBack(coupon), strict: true);
        }
        Assert.Equivalent(Given.Coupon() with { ValidTo = null }, ReadBack(Given.Coupon() with { ValidTo = null }), strict: true);
    }

    private static T ReadBack<T>(T document) => BsonSerializer.Deserialize<T>(document.ToBson());
}
