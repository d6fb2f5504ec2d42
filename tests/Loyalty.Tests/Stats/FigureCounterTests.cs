using FsCheck.Xunit;
using Loyalty.Campaigns.Contracts;
using Loyalty.Mongo;
using Loyalty.Stats;
using MongoDB.Bson;

namespace Loyalty.Tests.Stats;

public sealed class FigureCounterTests
{
    private static readonly CampaignFactKind[] Kinds = Enum.GetValues<CampaignFactKind>();

    public FigureCounterTests() => MongoConventions.Register();

    [Property(MaxTest = 300)]
    public void Facts_counted_in_parts_and_added_up_are_the_facts_counted_at_once(byte[] some, byte[] others)
    {
        var whole = new FigureCounter().Count(Facts(some)).Count(Facts(others)).Figures;

        Assert.Equal(Text(whole), Text(FigureCounter.From(new FigureCounter().Count(Facts(some)).Figures).Count(Facts(others)).Figures));
        Assert.Equal(Text(whole), Text(FigureCounter.From(new FigureCounter().Count(Facts(others)).Figures).Add(new FigureCounter().Count(Facts(some)).Figures).Figures));
    }

    [Property(MaxTest = 300)]
    public void Facts_counted_by_kind_are_the_facts_counted_one_by_one(byte[] some)
    {
        var counter = new FigureCounter();
        foreach (var same in Facts(some).GroupBy(fact => (fact.Kind, fact.State)))
            counter.Count(same.Key.Kind, same.Key.State, same.Sum(fact => fact.Amount), same.Count());

        Assert.Equal(Text(new FigureCounter().Count(Facts(some)).Figures), Text(counter.Figures));
        Assert.Equal(some.Length, counter.Facts);
    }

    [Theory]
    [InlineData(CampaignFactKind.Joined, "joins", 1)]
    [InlineData(CampaignFactKind.Left, "exits", 1)]
    [InlineData(CampaignFactKind.CouponGiven, "couponsGiven", 1)]
    [InlineData(CampaignFactKind.CouponUsed, "couponsUsed", 1)]
    [InlineData(CampaignFactKind.CouponFreed, "couponsUsed", -1)]
    [InlineData(CampaignFactKind.CouponExpired, "couponsExpired", 1)]
    [InlineData(CampaignFactKind.OrderQualified, "orders", 1)]
    [InlineData(CampaignFactKind.OrderDisqualified, "orders", -1)]
    [InlineData(CampaignFactKind.MessageReceived, "messagesReceived", 1)]
    [InlineData(CampaignFactKind.NotificationSent, "notificationsSent", 1)]
    [InlineData(CampaignFactKind.MemberJoined, "members", 1)]
    public void Each_kind_of_fact_is_one_figure(CampaignFactKind kind, string figure, int count)
    {
        var figures = new FigureCounter().Count(kind, "state", null).Figures.ToBsonDocument();

        Assert.All(figures.Where(field => field.Value.IsInt64), field => Assert.Equal(field.Name == figure ? count : 0, field.Value.AsInt64));
    }

    [Fact]
    public void States_and_pushes_are_counted_each_for_itself()
    {
        var figures = new FigureCounter().Count(CampaignFactKind.MemberJoined, null, null, 3).Count(CampaignFactKind.StateFinished, "b", null, 2)
            .Count(CampaignFactKind.StateFinished, "a", null).Count(CampaignFactKind.MemberFinished, "b", null, 2).Count(CampaignFactKind.MemberFinished, "a", null).Count(CampaignFactKind.PushClicked, "easter", null, 5)
            .Count(CampaignFactKind.OrderQualified, "a", 12.50m).Count(CampaignFactKind.OrderDisqualified, "a", -2.25m).Figures;

        Assert.Equal([new("a", 1), new("b", 2)], figures.Finished);
        Assert.Equal([new("easter", 5)], figures.Clicks);
        Assert.Equal(10.25m, figures.OrdersTotal);
        Assert.Equal([new("a", 0.3333m), new("b", 0.6667m)], figures.Conversion());
        Assert.Empty(CampaignFigures.None.Conversion());
    }

    internal static string Text(CampaignFigures figures) => figures.ToJson();

    private static IEnumerable<Fact> Facts(byte[] bytes) => bytes.Select((what, index) => new Fact
    {
        Id = $"{index}",
        Tenant = "demo",
        Campaign = "spring",
        Kind = Kinds[what % Kinds.Length],
        State = what % 3 == 0 ? null : $"s{what % 5}",
        Incarnation = "",
        Amount = what % 2 == 0 ? null : what * 0.25m,
        At = PassSimulator.Start,
        Day = new DateOnly(2026, 3, 1),
    });
}
