using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Campaigns;

/// <summary>What a pause keeps from happening, and what a resumed campaign makes up for.</summary>
public sealed class PauseTests
{
    private static readonly OrderStateDefinition Orders = new() { Id = "orders", Count = 2, TransitionTo = "thanks" };
    private static readonly MessageStateDefinition Thanks = new() { Id = "thanks", Title = "Thanks", Message = "Thanks" };
    private static readonly CouponStateDefinition Gift = new() { Id = "gift", ValidFor = "P14D", TransitionTo = "thanks", ExpireTo = "sorry" };
    private static readonly MessageStateDefinition Sorry = new() { Id = "sorry", Title = "Sorry", Message = "Sorry" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Orders_are_noted_and_move_the_walk_when_the_campaign_goes_on(bool skip)
    {
        var simulator = Running(Orders, Thanks);
        Order(simulator, "alice", "o1");
        Pause(simulator);

        Order(simulator, "alice", "o2");
        Order(simulator, "alice", "o3");
        Assert.Equal(("orders", 2), (Walk(simulator, "alice").State, Walk(simulator, "alice").Orders.Count));
        Resume(simulator, skip);

        Assert.Equal("thanks", Walk(simulator, "alice").State);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public void Who_matches_meanwhile_joins_on_resume_unless_it_is_skipped(bool skip, int joined)
    {
        var simulator = Running(Thanks);
        Order(simulator, "alice", "o1");
        Pause(simulator);

        Order(simulator, "bob", "o2");
        Assert.Single(simulator.Memberships);
        Resume(simulator, skip);

        Assert.Equal(joined, simulator.Memberships.Count());
    }

    [Theory]
    [InlineData(false, "sorry")]
    [InlineData(true, "gift")]
    public void A_coupon_that_expires_meanwhile_moves_the_walk_on_resume_unless_it_is_skipped(bool skip, string state)
    {
        var simulator = Running(Gift, Thanks, Sorry);
        Order(simulator, "alice", "o1");
        Pause(simulator);

        simulator.PassTime(TimeSpan.FromDays(20));
        Assert.Equal("gift", Walk(simulator, "alice").State);
        Assert.Equal(CouponStatus.Expired, Assert.Single(simulator.Coupons).Status);
        Resume(simulator, skip);

        Assert.Equal(state, Walk(simulator, "alice").State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_coupon_stays_usable_and_its_use_moves_the_walk_on_resume(bool skip)
    {
        var simulator = Running(Gift, Thanks, Sorry);
        Order(simulator, "alice", "o1");
        var code = Assert.Single(simulator.Coupons).Code;
        Pause(simulator);

        simulator.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") with { Coupons = [new OrderCoupon { Coupon = code }] } });
        Assert.Equal(("gift", CouponStatus.Used), (Walk(simulator, "alice").State, Assert.Single(simulator.Coupons).Status));
        Resume(simulator, skip);

        Assert.Equal("thanks", Walk(simulator, "alice").State);
    }

    [Fact]
    public void A_message_that_is_reported_meanwhile_is_refused()
    {
        var simulator = Running(Thanks);
        Order(simulator, "alice", "o1");
        Pause(simulator);

        var outcome = simulator.Decide(simulator.Entry(new ReportMessage.Body("spring"), "alice"));

        Assert.Equal((409, "campaign_paused"), (outcome.Problem!.Status, outcome.Problem.Code));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Notices_of_the_meantime_are_sent_on_resume_unless_it_is_skipped(bool skip, int sent)
    {
        var simulator = new PassSimulator();
        simulator.Store(Given.Campaign(Given.Definition(Gift, Thanks, Sorry) with
        {
            Notifications = [new CouponExpirationNotificationDefinition { Title = "Soon", Message = "Soon", Before = "P10D" }],
        }));
        simulator.Decide(new LoginEvent { Account = "alice", PushId = "phone", Consents = new Consents { Scope = ConsentScope.Account, Values = new Dictionary<string, string> { ["push"] = "true" } } });
        Order(simulator, "alice", "o1");
        Pause(simulator);

        simulator.PassTime(TimeSpan.FromDays(6));
        Assert.Empty(simulator.Outbox);
        Resume(simulator, skip);
        simulator.FallDue();

        Assert.Equal(sent, simulator.Outbox.Count());
    }

    [Fact]
    public void Only_a_running_campaign_is_paused_and_a_repeat_changes_nothing()
    {
        var simulator = Running(Thanks);
        Pause(simulator);
        var since = Assert.Single(simulator.Campaigns).PausedAt;
        Pause(simulator);
        Assert.Equal(since, Assert.Single(simulator.Campaigns).PausedAt);

        simulator.Store(Given.Campaign(Given.Definition(Thanks), CampaignStatus.Draft));

        Assert.Equal((409, "campaign_not_running"), Refusal(simulator, new PauseCampaign.Body("spring")));
        Assert.Equal((409, "campaign_not_running"), Refusal(simulator, new ResumeCampaign.Body("spring", false)));
        Assert.Equal((404, "campaign_not_found"), Refusal(simulator, new PauseCampaign.Body("summer")));
    }

    [Fact]
    public void A_campaign_that_is_paused_while_it_enrols_goes_on_enrolling()
    {
        var simulator = new PassSimulator();
        Order(simulator, "alice", "o1");
        simulator.Store(Given.Campaign(Given.Definition(Thanks) with { Dynamic = false }, CampaignStatus.Draft));
        simulator.Decide(simulator.Entry(new InitializeCampaign.Body("spring", "eve")));
        Pause(simulator);
        Assert.Empty(simulator.Memberships);

        Resume(simulator, false);

        Assert.Single(simulator.Memberships);
        Assert.Equal(CampaignStatus.Running, Assert.Single(simulator.Campaigns).Status);
    }

    private static PassSimulator Running(params StateDefinition[] states) => new(Given.Campaign(Given.Definition(states)));

    private static void Order(PassSimulator simulator, string account, string order) =>
        Assert.Equal(OutcomeStatus.Applied, simulator.Decide(new OrderEvent { Account = account, Order = Given.Order(order) }).Status);

    private static void Pause(PassSimulator simulator) => Apply(simulator, new PauseCampaign.Body("spring"));

    private static void Resume(PassSimulator simulator, bool skip) => Apply(simulator, new ResumeCampaign.Body("spring", skip));

    private static void Apply(PassSimulator simulator, object body)
    {
        Assert.Equal(OutcomeStatus.Applied, simulator.Decide(simulator.Entry(body)).Status);
        simulator.DecideFollowUps();
    }

    private static (int, string) Refusal(PassSimulator simulator, object body)
    {
        var problem = simulator.Decide(simulator.Entry(body)).Problem!;
        return (problem.Status, problem.Code);
    }

    private static Membership Walk(PassSimulator simulator, string account) => simulator.Memberships.Single(walk => walk.Owner == Key.Of(Given.Tenant, account));
}
