using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Campaigns;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Time;
using Loyalty.Web;

namespace Loyalty.Tests.Campaigns;

/// <summary>The programmes of docs/programmes, as they stand there, run to their ends.</summary>
public sealed partial class ProgrammeTests
{
    [Fact]
    public void Welcome_gives_a_newcomer_a_coupon_and_whoever_was_there_before_none()
    {
        var simulator = new PassSimulator { Zone = Zone.Of("Europe/Warsaw") };
        simulator.Decide(new LoginEvent { Account = "old-friend" });
        simulator.PassTime(TimeSpan.FromDays(2));
        Begin(simulator, "welcome");

        simulator.Decide(new LoginEvent { Account = "alice" });
        simulator.Decide(new LoginEvent { Account = "bob" });
        Order(simulator, "alice", "o1", Code(simulator, "alice"));
        simulator.PassTime(TimeSpan.FromDays(31));

        Assert.Equal(["welcomed"], simulator.Account("alice").Tags);
        Assert.Equal([("alice", WalkEnd.Finished), ("bob", WalkEnd.Expired)], Ends(simulator));
        Assert.Equal(4.5m, Assert.Single(simulator.Totals).Figures.Cost);
    }

    [Fact]
    public void Stamp_card_gives_a_coffee_after_five_orders_and_begins_anew()
    {
        var simulator = new PassSimulator();
        Begin(simulator, "stamp-card");
        for (var number = 0; number < 6; number++)
            Order(simulator, "alice", $"o{number}");
        Order(simulator, "alice", "coffee", Code(simulator, "alice"));
        Assert.Equal("card", Assert.Single(simulator.Memberships).State);

        for (var number = 0; number < 5; number++)
            Order(simulator, "alice", $"p{number}");
        Assert.Equal("coffee", Assert.Single(simulator.Memberships).State);
        simulator.PassTime(TimeSpan.FromDays(32));

        Assert.Equal("card", Assert.Single(simulator.Memberships).State);
        var figures = Assert.Single(simulator.Totals).Figures;
        Assert.Equal((2, 1), (figures.Finished["card"], figures.Converted["card"]));
        Assert.All(figures.Conversion().Values, share => Assert.InRange(share, 0, 1));
    }

    [Fact]
    public void Win_back_reaches_a_silent_member_after_each_lapse()
    {
        var simulator = new PassSimulator();
        Begin(simulator, "win-back");
        for (var lapse = 1; lapse <= 3; lapse++)
        {
            Order(simulator, "alice", $"o{lapse}");
            simulator.PassTime(TimeSpan.FromDays(60) + TimeSpan.FromMinutes(2));
            Assert.Equal((lapse, lapse), (simulator.Coupons.Count(), (int)Assert.Single(simulator.Campaigns).Cnt));
            Assert.Equal("gift", Assert.Single(simulator.Memberships).State);
            simulator.PassTime(TimeSpan.FromDays(30));
            Assert.Equal(WalkEnd.Expired, Assert.Single(simulator.Memberships).End);
        }
        Assert.Equal(1, Assert.Single(simulator.Totals).Figures.Members);
    }

    [Fact]
    public void Birthday_gives_a_cake_once_a_year_and_to_whom_says_on_the_day_that_it_is_today()
    {
        var simulator = new PassSimulator { Zone = Zone.Of("Europe/Warsaw") };
        Begin(simulator, "birthday");
        Order(simulator, "alice", "o1");
        simulator.Decide(new ProfileEvent { Account = "alice", Birthdate = new DateOnly(1990, 3, 10) });
        Order(simulator, "bob", "o2");
        simulator.Decide(new ProfileEvent { Account = "bob", Birthdate = new DateOnly(1990, 3, 1) });
        simulator.Decide(new ProfileEvent { Account = "bob", FirstName = "Bob" });
        Assert.Equal(["bob"], simulator.Coupons.Select(coupon => coupon.Account));

        simulator.PassTime(TimeSpan.FromDays(10));
        Assert.Equal(["alice", "bob"], simulator.Coupons.Select(coupon => coupon.Account).Order());
        simulator.PassTime(TimeSpan.FromDays(365));

        Assert.Equal(["alice", "alice", "bob", "bob"], simulator.Coupons.Select(coupon => coupon.Account).Order());
    }

    [Fact]
    public void Vip_gives_a_tag_a_credit_and_a_message_to_whoever_has_spent_enough()
    {
        var simulator = new PassSimulator();
        Begin(simulator, "vip");
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o1", 499) });
        Assert.Empty(simulator.Memberships);
        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2", 1) });

        Assert.Equal(["vip"], simulator.Account("alice").Tags);
        Assert.Equal(20, simulator.Account("alice").Counter("wallet"));
        Assert.Equal(OutcomeStatus.Applied, simulator.Decide(simulator.Entry(new ReportMessage.Body("vip", "tell"), "alice")).Status);
        Assert.Equal(OutcomeStatus.Applied, simulator.Decide(simulator.Entry(new ReportMessage.Body("vip", "tell"), "alice")).Status);
        Assert.Equal([("alice", WalkEnd.Finished)], Ends(simulator));
        Assert.Single(simulator.Facts, fact => fact.Kind == CampaignFactKind.MessageReceived);
    }

    private static void Begin(PassSimulator simulator, string page)
    {
        var definition = JsonSerializer.Deserialize<CampaignDefinition>(JsonOf(page), JsonSettings.Options)!;
        Assert.Empty(new CampaignRules().Validate(definition).Errors);
        foreach (var body in new object[] { new SaveCampaign.Body(definition, null), new InitializeCampaign.Body(definition.Id, "manager") })
            Assert.Equal(OutcomeStatus.Applied, simulator.Decide(simulator.Entry(body)).Status);
        simulator.DecideFollowUps();
        Assert.Equal(CampaignStatus.Running, Assert.Single(simulator.Campaigns).Status);
    }

    private static void Order(PassSimulator simulator, string account, string order, string? coupon = null)
    {
        var placed = Given.Order(order) with { Coupons = coupon is null ? null : [new OrderCoupon { Coupon = coupon }] };
        Assert.Equal(OutcomeStatus.Applied, simulator.Decide(new OrderEvent { Account = account, Order = placed }).Status);
        simulator.FallDue();
    }

    private static string Code(PassSimulator simulator, string account) => Assert.Single(simulator.Account(account).Coupons);

    private static IEnumerable<(string, WalkEnd?)> Ends(PassSimulator simulator) =>
        simulator.Memberships.Select(walk => (walk.Owner[(Given.Tenant.Length + 1)..], walk.End)).Order();

    private static string JsonOf(string page)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Loyalty.sln")))
            folder = folder.Parent!;
        return Block().Match(File.ReadAllText(Path.Combine(folder.FullName, "docs", "programmes", $"{page}.md"))).Groups[1].Value;
    }

    [GeneratedRegex("```json\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
