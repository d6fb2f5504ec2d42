using System.Text.Json;
using Loyalty.Campaigns;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events;
using Loyalty.Events.Contracts;
using Loyalty.Time;
using Loyalty.Web;

namespace Loyalty.Tests.Campaigns;

/// <summary>What is sent, to whom and when, as time passes: with a clock that is moved, not waited for.</summary>
public sealed class NotificationsTests
{
    private static readonly CouponStateDefinition Gift = new() { Id = "gift", ValidFor = "P14D" };
    private static readonly MessageStateDefinition Thanks = new() { Id = "thanks", Title = "Thanks", Message = "Thanks" };

    private static readonly CouponExpirationNotificationDefinition Expiring = new()
    {
        Title = "Hurry, {{firstName|friend}}",
        Message = "{{coupon.code}} ends on {{coupon.validTo}}",
        Image = "https://x/y.png",
        Payload = new Dictionary<string, string> { ["screen"] = "coupons" },
    };

    private static readonly DynamicJoinNotificationDefinition Welcome = new() { Title = "Hello", Message = "You are in {{campaign.name}}" };

    [Fact]
    public void A_coupon_that_is_about_to_expire_is_told_once_of()
    {
        var room = Room(Gift, Expiring);
        var coupon = Join(room);

        PassTime(room, TimeSpan.FromDays(12.9));
        Assert.Empty(Pushes(room));
        PassTime(room, TimeSpan.FromDays(0.2));
        PassTime(room, TimeSpan.FromDays(0.2));

        var push = Assert.Single(Pushes(room));
        Assert.Equal(("Hurry, Alice", $"{coupon.Code} ends on 2026-03-15"), (push.Title, push.Message));
        Assert.Equal(("alice", "p-1", "https://x/y.png", "coupons"), (push.Account, push.PushId, push.Image, push.Payload!["screen"]));
        Assert.Equal((coupon.Code, coupon.ValidTo), (push.Coupon!.Coupon, push.Coupon.ValidTo));
        Assert.Equal((NoticeStatus.Sent, 1), (Assert.Single(room.Notices).Status, Assert.Single(room.Notices).Recipients));
        Assert.Equal(coupon.ValidTo - TimeSpan.FromDays(1) + TimeSpan.FromHours(1), Assert.Single(room.Outbox).Until);
    }

    [Fact]
    public void The_same_due_entry_decided_twice_in_one_pass_or_in_two_sends_once()
    {
        var room = Room(Gift, Expiring);
        Join(room);
        room.Ahead = TimeSpan.FromDays(13.01);
        var id = Assert.Single(room.Notices).Id;

        room.Decide([Due(room, id), Due(room, id)]);
        room.Decide(Due(room, id));

        Assert.Single(Pushes(room));
    }

    [Fact]
    public void A_coupon_that_is_used_by_then_is_not_told_of()
    {
        var room = Room(Gift, Expiring);
        var coupon = Join(room);
        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") with { Coupons = [new OrderCoupon { Coupon = coupon.Code }] } });

        PassTime(room, TimeSpan.FromDays(13.01));

        AssertEnded(room, NoticeStatus.Dropped, "The coupon is used, expired or void.");
    }

    [Fact]
    public void Several_notifications_of_one_coupon_are_sent_each_at_its_time()
    {
        var room = Room(Gift, Expiring with { Before = "P3D" }, Expiring, Expiring with { Title = "Again" });
        Join(room);

        PassTime(room, TimeSpan.FromDays(11.01));
        Assert.Single(Pushes(room));
        PassTime(room, TimeSpan.FromDays(2));

        Assert.Equal(3, Pushes(room).Count);
    }

    [Fact]
    public void A_coupon_that_is_not_valid_for_so_long_has_no_such_notification()
    {
        var room = Room(Gift with { ValidFor = "PT12H" }, Expiring);
        Join(room);

        Assert.Empty(room.Notices);
    }

    [Theory]
    [InlineData("pushId", "The account has no pushId.")]
    [InlineData("consent", "The account has not given the consent push.")]
    [InlineData("webhook", "The tenant has no push webhook.")]
    [InlineData("erased", "The account was erased.")]
    [InlineData("over", "The campaign is over.")]
    [InlineData("ended", "The campaign is over.")]
    [InlineData("removed", "The campaign does not have this notification any more.")]
    public void Nothing_is_sent_where_it_may_not_be(string missing, string why)
    {
        var room = Room(Gift, Expiring);
        Join(room, pushId: missing == "pushId" ? null : "p-1", consent: missing == "consent" ? "no" : "yes");
        room.Settings = missing == "webhook" ? room.Settings with { PushWebhookUrl = null } : room.Settings;
        if (missing == "erased")
            room.Decide(new DeletedEvent { Account = "alice" });
        if (missing is "over")
            room.Store(Assert.Single(room.Campaigns) with { Status = CampaignStatus.Finalized });
        if (missing is "ended")
            room.Store(Assert.Single(room.Campaigns) with { Definition = Assert.Single(room.Campaigns).Definition with { ActiveTo = PassSimulator.Start.AddDays(5) } });
        if (missing is "removed")
            room.Store(Assert.Single(room.Campaigns) with { Definition = Assert.Single(room.Campaigns).Definition with { Notifications = [] } });

        PassTime(room, TimeSpan.FromDays(13.01));

        AssertEnded(room, NoticeStatus.Dropped, why);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public void What_is_more_than_the_limit_late_is_missed_and_not_sent(int minutesLate, bool isSent)
    {
        var room = Room(Gift, Expiring);
        Join(room);
        room.Ahead = Assert.Single(room.Notices).DueAt!.Value - PassSimulator.Start + TimeSpan.FromMinutes(minutesLate) - TimeSpan.FromSeconds(10);

        PassTime(room, TimeSpan.Zero);

        Assert.Equal(isSent ? NoticeStatus.Sent : NoticeStatus.Missed, Assert.Single(room.Notices).Status);
        Assert.Equal(isSent ? 1 : 0, Pushes(room).Count);
    }

    [Fact]
    public void The_limit_is_the_tenant_s()
    {
        var room = Room(Gift, Expiring);
        room.Settings = room.Settings with { NotificationLateness = TimeSpan.FromDays(1) };
        Join(room);

        room.Ahead = TimeSpan.FromDays(13.9);
        PassTime(room, TimeSpan.Zero);

        Assert.Single(Pushes(room));
    }

    [Fact]
    public void Who_joins_a_dynamic_campaign_is_welcomed_once_at_the_hour()
    {
        var room = Room(Thanks, Welcome with { DayPart = DayPart.Evening });
        Join(room);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 17, 0, 0, TimeSpan.Zero), Assert.Single(room.Notices).DueAt);

        PassTime(room, TimeSpan.FromHours(4.9));
        Assert.Empty(Pushes(room));
        PassTime(room, TimeSpan.FromHours(0.2));
        room.Decide(new OrderEvent { Account = "alice", Order = Given.Order("o2") });
        PassTime(room, TimeSpan.FromDays(2));

        Assert.Equal("You are in Spring", Assert.Single(Pushes(room)).Message);
    }

    [Fact]
    public void Whom_a_campaign_enrols_when_it_is_initialized_is_not_welcomed()
    {
        var definition = Given.Definition(Thanks) with { Notifications = [Welcome] };
        var room = new PassSimulator(Given.Campaign(definition, CampaignStatus.Draft));
        Join(room);
        room.Decide(room.Entry(CampaignEntries.Initialize, new CampaignEntries.InitializeBody("spring", "eve")));
        DecideFollowUps(room);

        Assert.Single(room.Memberships);
        Assert.Empty(room.Notices);
    }

    [Fact]
    public void All_who_are_in_the_campaign_then_get_what_is_sent_at_a_time_and_who_comes_later_does_not()
    {
        var at = PassSimulator.Start.AddDays(2);
        var definition = Given.Definition(Thanks) with { Notifications = [new SpecificTimeNotificationDefinition { Title = "Today", Message = "Now", At = at }] };
        var room = new PassSimulator(Given.Campaign(definition, CampaignStatus.Draft));
        room.Decide(room.Entry(CampaignEntries.Initialize, new CampaignEntries.InitializeBody("spring", "eve")));
        DecideFollowUps(room);
        for (var batch = 0; batch < 3; batch++)
            room.Decide(Enumerable.Range(1000 + 400 * batch, 400).SelectMany(number => Joining(room, $"a{number}", "p", number % 4 == 0 ? "no" : "yes")));
        room.Decide(room.Entry(CampaignEntries.Message, new CampaignEntries.CampaignBody("spring"), "a1001"));

        PassTime(room, TimeSpan.FromDays(2));
        Join(room, "late");
        PassTime(room, TimeSpan.FromDays(1));

        Assert.Equal(899, Pushes(room).Count);
        Assert.Equal(899, Pushes(room).Select(push => push.Account).Distinct().Count());
        Assert.DoesNotContain(Pushes(room), push => push.Account is "a1000" or "a1001" or "late");
        Assert.Equal((NoticeStatus.Sent, 899), (Assert.Single(room.Notices).Status, Assert.Single(room.Notices).Recipients));
    }

    [Fact]
    public void Ending_the_campaign_half_way_through_its_members_stops_the_sending()
    {
        var at = PassSimulator.Start.AddDays(2);
        var room = Room(Thanks, new SpecificTimeNotificationDefinition { Title = "Today", Message = "Now", At = at });
        Save(room, Assert.Single(room.Campaigns).Definition);
        for (var batch = 0; batch < 2; batch++)
            room.Decide(Enumerable.Range(1000 + 400 * batch, 400).SelectMany(number => Joining(room, $"a{number}", "p", "yes")));
        room.Ahead = TimeSpan.FromDays(2);
        PassTime(room, TimeSpan.Zero, followUps: false);
        room.Decide(room.TakeFollowUps());

        room.Store(Assert.Single(room.Campaigns) with { Status = CampaignStatus.Finalized });
        DecideFollowUps(room);

        Assert.Equal(500, Pushes(room).Count);
    }

    [Fact]
    public void Another_hour_moves_what_is_open_and_another_text_sends_nothing_again()
    {
        var room = Room(Gift, Expiring);
        Join(room);

        Save(room, Definition(Gift, Expiring with { DayPart = DayPart.Morning }));
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 8, 0, 0, TimeSpan.Zero), Assert.Single(room.Notices).DueAt);
        PassTime(room, TimeSpan.FromDays(13));
        Save(room, Definition(Gift, Expiring with { Title = "Another text", DayPart = DayPart.Evening }));
        PassTime(room, TimeSpan.FromDays(0.5));

        Assert.Single(Pushes(room));
    }

    [Fact]
    public void A_notification_that_is_removed_is_dropped_and_comes_back_when_it_is_added_again()
    {
        var room = Room(Gift, Expiring);
        Join(room);

        Save(room, Definition(Gift));
        AssertEnded(room, NoticeStatus.Dropped, NoticeRule.Removed);
        Save(room, Definition(Gift, Expiring with { Title = "Back" }));
        PassTime(room, TimeSpan.FromDays(13.01));

        Assert.Equal("Back", Assert.Single(Pushes(room)).Title);
    }

    [Fact]
    public void A_notification_that_is_added_later_also_counts_for_coupons_that_were_given_before()
    {
        var room = Room(Gift);
        for (var batch = 0; batch < 2; batch++)
            room.Decide(Enumerable.Range(1000 + 300 * batch, 300).SelectMany(number => Joining(room, $"a{number}", "p", "yes")));

        Save(room, Definition(Gift, Expiring));
        PassTime(room, TimeSpan.FromDays(13.02));

        Assert.Equal(600, Pushes(room).Select(push => push.Account).Distinct().Count());
        Assert.Equal(600, Pushes(room).Count);
    }

    [Fact]
    public void Ending_a_campaign_drops_what_is_open()
    {
        var room = Room(Gift, Expiring);
        Join(room);
        var campaign = Assert.Single(room.Campaigns);
        room.Store(campaign with { Status = CampaignStatus.Finalized });

        room.Decide(room.Entry(NoticeEntries.Review, new NoticeEntries.ReviewBody("spring", null)));

        AssertEnded(room, NoticeStatus.Dropped, NoticeRule.Over);
    }

    [Theory]
    [InlineData("America/New_York", "2026-03-13T13:00:00Z")]
    [InlineData("Pacific/Auckland", "2026-03-13T20:00:00Z")]
    [InlineData("UTC", "2026-03-14T09:00:00Z")]
    public void When_the_tenant_moves_to_another_zone_what_is_scheduled_by_the_hour_moves_along(string zone, string expected)
    {
        var room = Room(Gift, Expiring with { DayPart = DayPart.Morning });
        Join(room);

        room.Zone = Zone.Of(zone);
        room.Decide(room.Entry(NoticeEntries.Review, new NoticeEntries.ReviewBody(null, null)));

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(room.Notices).DueAt);
        PassTime(room, TimeSpan.FromDays(14));
    }

    [Theory]
    [InlineData("Pacific/Auckland", "2026-03-01T20:00:00Z")]
    [InlineData("Europe/Warsaw", "2026-03-02T08:00:00Z")]
    [InlineData("Pacific/Honolulu", "2026-03-01T19:00:00Z")]
    public void When_the_hour_has_passed_in_the_new_zone_already_the_next_one_counts(string zone, string expected)
    {
        var room = Room(Thanks, Welcome with { DayPart = DayPart.Morning });
        Join(room);
        room.Ahead = TimeSpan.FromHours(6);

        room.Zone = Zone.Of(zone);
        room.Decide(room.Entry(NoticeEntries.Review, new NoticeEntries.ReviewBody(null, null)));

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(room.Notices).DueAt);
        PassTime(room, TimeSpan.FromHours(16));
        Assert.Single(Pushes(room));
    }

    [Fact]
    public void A_zone_that_changes_while_the_firing_is_under_way_delays_it_and_loses_nothing()
    {
        var room = Room(Gift, Expiring with { DayPart = DayPart.Morning });
        Join(room);
        room.Ahead = new TimeSpan(12, 20, 30, 0);
        room.Zone = Zone.Utc;

        room.Decide(Due(room, Assert.Single(room.Notices).Id));

        Assert.Empty(Pushes(room));
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 9, 0, 0, TimeSpan.Zero), Assert.Single(room.Notices).DueAt);
    }

    [Fact]
    public void Erasing_an_account_withdraws_what_is_on_its_way_and_leaves_no_trace_of_it()
    {
        var room = Room(Gift, Expiring, Welcome);
        Join(room);
        PassTime(room, TimeSpan.FromMinutes(1));
        var receipt = room.Decide(new DeletedEvent { Account = "alice" }).Erased!;

        Assert.Equal(2, receipt["notices"]);
        var item = Assert.Single(room.Outbox);
        Assert.Equal((OutboxStatus.Withdrawn, "", "", null), (item.Status, item.Account, item.Body, item.NextAt));
        Assert.All(room.Notices, notice => Assert.Equal(("", "", null), (notice.Owner, notice.Account, notice.DueAt)));
    }

    [Fact]
    public void What_an_entry_sends_and_the_next_of_the_same_pass_erases_is_withdrawn_by_the_pass_after_it()
    {
        var room = Room(Gift, Expiring, Welcome);
        Join(room);
        room.Ahead = TimeSpan.FromMinutes(1);
        var welcome = room.Notices.Single(notice => notice.Kind == NoticeKind.DynamicJoin);

        room.Decide([Due(room, welcome.Id), room.Event(new DeletedEvent { Account = "alice" })]);

        Assert.Contains(room.TakeFollowUps(), entry => entry.Kind == OutboxEntries.Blank);
    }

    [Fact]
    public void What_has_arrived_counts_once_and_names_nobody()
    {
        var room = Room(Thanks, Welcome);
        Join(room);
        PassTime(room, TimeSpan.FromMinutes(1));

        var entry = OutboxEntries.DeliveredOf(Assert.Single(room.Outbox), PassSimulator.Start);
        Assert.DoesNotContain("alice", entry.Body, StringComparison.Ordinal);
        room.Decide(room.Entry(entry.Kind, entry.Body is { } body ? JsonSerializer.Deserialize<OutboxEntries.DeliveredBody>(body, JsonSettings.Options)! : null!));

        var fact = Assert.Single(room.Facts, fact => fact.Kind == CampaignFactKind.NotificationSent);
        Assert.Equal(("spring", room.Account("alice").Incarnation), (fact.Campaign, fact.Incarnation));
    }

    private static PassSimulator Room(StateDefinition state, params NotificationDefinition[] notifications) => new(Given.Campaign(Definition(state, notifications)));

    private static CampaignDefinition Definition(StateDefinition state, params NotificationDefinition[] notifications) =>
        Given.Definition(state) with { Notifications = notifications };

    private static Coupon Join(PassSimulator room, string account = "alice", string? pushId = "p-1", string consent = "yes")
    {
        room.Decide(Joining(room, account, pushId, consent));
        return room.Coupons.FirstOrDefault(coupon => coupon.Account == account)!;
    }

    private static IEnumerable<InboxEntry> Joining(PassSimulator room, string account, string? pushId, string consent) =>
    [
        room.Event(new ProfileEvent
        {
            Account = account, FirstName = "Alice", PushId = pushId,
            Consents = new Consents { Scope = ConsentScope.Account, Values = new Dictionary<string, string> { ["push"] = consent } },
        }),
        room.Event(new OrderEvent { Account = account, Order = Given.Order($"o-{account}") }),
    ];

    private static InboxEntry Due(PassSimulator room, string notice) => room.Entry(
        NoticeEntries.Due, new NoticeEntries.DueBody(notice), room.Notices.Single(known => known.Id == notice).Account is { Length: > 0 } account ? account : null);

    /// <summary>Moves the clock from one due time to the next, and decides what falls due as the schedule would, and what follows.</summary>
    private static void PassTime(PassSimulator room, TimeSpan time, bool followUps = true)
    {
        var end = room.Ahead + time;
        for (var round = 0; ; round++)
        {
            Assert.True(round < 100, "What is due stays due.");
            if (room.Notices.Where(notice => notice.DueAt <= PassSimulator.Start + end).MinBy(notice => notice.DueAt) is not { } next)
                break;
            var soonest = next.DueAt!.Value - PassSimulator.Start;
            room.Ahead = soonest > room.Ahead ? soonest : room.Ahead;
            var now = PassSimulator.Start + room.Ahead + TimeSpan.FromMinutes(1);
            room.Decide(room.Notices.Where(notice => notice.DueAt <= now).OrderBy(notice => notice.DueAt).Take(500).Select(notice => Due(room, notice.Id)).ToArray());
            if (followUps)
                DecideFollowUps(room);
        }
        room.Ahead = end;
    }

    private static void DecideFollowUps(PassSimulator room)
    {
        for (var next = room.TakeFollowUps(); next.Count > 0; next = room.TakeFollowUps())
            room.Decide(next);
    }

    private static void Save(PassSimulator room, CampaignDefinition definition)
    {
        Assert.Equal(OutcomeStatus.Applied, room.Decide(room.Entry(CampaignEntries.Save, new CampaignEntries.SaveBody(definition, null))).Status);
        DecideFollowUps(room);
        if (!room.Notices.Any())
            room.Decide(room.Entry(NoticeEntries.Plan, new NoticeEntries.PlanBody(definition.Id, null)));
        DecideFollowUps(room);
    }

    private static List<Push> Pushes(PassSimulator room) => [.. room.Outbox.Select(item => JsonSerializer.Deserialize<Push>(item.Body, JsonSettings.Options)!)];

    private static void AssertEnded(PassSimulator room, NoticeStatus status, string why)
    {
        var notice = Assert.Single(room.Notices);
        Assert.Equal((status, why, null), (notice.Status, notice.Why, notice.DueAt));
        Assert.Empty(room.Outbox);
    }
}
