using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Mongo;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace Loyalty.Tests.Accounts;

public sealed class AccountStorageTests
{
    private static readonly Account Full = Campaigns.Given.Account() with
    {
        LastPass = 7,
        Card = "card.1",
        Header = new AccountHeader
        {
            Phone = "1",
            Email = "a@b.c",
            PushId = "p",
            FirstName = "Ala",
            LastName = "Ma",
            Birthdate = new DateOnly(2000, 2, 29),
            Sex = Sex.Other,
            Created = PassSimulator.Start,
            LastEvent = PassSimulator.Start.AddMilliseconds(1),
            LastLogged = PassSimulator.Start.AddDays(1),
            LastOrder = PassSimulator.Start.AddDays(2),
        },
        HeaderSaid = new Dictionary<string, DateTimeOffset> { ["phone"] = PassSimulator.Start },
        Consents = new Dictionary<string, string> { ["mail.news"] = "true" },
        Tags = ["in.spring", "x"],
        Venues = ["v.1"],
        Properties = new Dictionary<string, string> { ["my_a.b"] = "x", ["a"] = "" },
        Counters = new Dictionary<string, decimal> { ["total"] = 13.90m, ["a.b"] = -0.000001m, ["large"] = 79228162514264337593543950335m },
        Relations = [new Relation("bob", PassSimulator.Start, RelationType.InvitedBy)],
        OpenedOrders = [Summary("o1", null)],
        PreviousOrders = [Summary("o2", PassSimulator.Start)],
        Coupons = ["CODE"],
        Campaigns = [new CampaignPosition("spring", "coupon"), new CampaignPosition("summer", null)],
    };

    public AccountStorageTests() => MongoConventions.Register();

    [Fact]
    public void An_account_is_read_as_it_was_written() => Assert.Equivalent(Full, ReadBack(Full), strict: true);

    [Fact]
    public void An_empty_account_is_read_as_it_was_written() => Assert.Equivalent(Campaigns.Given.Account(), ReadBack(Campaigns.Given.Account()), strict: true);

    [Fact]
    public void Keys_with_dots_are_kept_as_they_are()
    {
        var document = Full.ToBsonDocument();

        Assert.Equal("x", document["properties"]["my_a.b"]);
        Assert.Equal("true", document["consents"]["mail.news"]);
        Assert.Equal(new BsonDecimal128(-0.000001m), document["counters"]["a.b"]);
    }

    [Fact]
    public void An_order_record_and_a_claim_are_read_as_they_were_written()
    {
        var record = new OrderRecord { Id = "demo/o1", LastPass = 3, Tenant = "demo", Owner = "demo/alice", Phase = OrderPhase.Paid, Status = "CLOSED", Counted = 12.340m };
        var claim = new Claim { Id = Claim.Card("demo", "card.1"), LastPass = 4, Account = "alice" };

        Assert.Equal(record, ReadBack(record));
        Assert.Equal(claim, ReadBack(claim));
        Assert.Equal(claim with { Account = null }, ReadBack(claim with { Account = null }));
    }

    [Fact]
    public void An_instant_is_kept_to_the_millisecond() =>
        Assert.Equal(PassSimulator.Start, ReadBack(Full with { Header = new AccountHeader { Created = PassSimulator.Start.AddTicks(9_999) } }).Header.Created);

    private static T ReadBack<T>(T document) => BsonSerializer.Deserialize<T>(document.ToBson());

    private static OrderSummary Summary(string id, DateTimeOffset? closed) => new()
    {
        Tenant = "demo",
        Id = id,
        Created = PassSimulator.Start,
        Source = "central",
        OrderType = "DINE_IN",
        Total = "13.90",
        EditTotal = "1",
        Status = "CLOSED",
        ClosedDate = closed,
        LoyaltyId = "card.1",
    };
}
