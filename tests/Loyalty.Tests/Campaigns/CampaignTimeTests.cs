using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Tests.Campaigns;

/// <summary>What time brings about in a campaign, and which birthdays a day has.</summary>
public sealed class CampaignTimeTests
{
    private static readonly DateTimeOffset Noon = Given.Noon;

    [Theory]
    [InlineData("2027-02-28", "02-28 02-29")]
    [InlineData("2028-02-28", "02-28")]
    [InlineData("2028-02-29", "02-29")]
    [InlineData("2100-02-28", "02-28 02-29")]
    [InlineData("2027-03-01", "03-01")]
    [InlineData("2027-12-31", "12-31")]
    public void A_day_keeps_its_birthdays(string day, string birthdays) =>
        Assert.Equal(birthdays, string.Join(' ', Birthdays.KeptOn(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("Europe/Warsaw", "2026-03-28T23:30:00Z", "2026-03-29", "2026-03-28T23:00:00Z")]
    [InlineData("Pacific/Auckland", "2026-03-28T12:30:00Z", "2026-03-29", "2026-03-28T11:00:00Z")]
    [InlineData("America/Los_Angeles", "2026-03-28T02:30:00Z", "2026-03-27", "2026-03-27T07:00:00Z")]
    [InlineData("Africa/Cairo", "2026-04-24T12:00:00Z", "2026-04-24", "2026-04-23T22:00:00Z")]
    public void A_birthday_begins_at_the_tenants_midnight(string zone, string now, string day, string begins)
    {
        var tenantZone = Zone.Of(zone);
        var today = tenantZone.DayOf(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(day, today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(DateTimeOffset.Parse(begins, System.Globalization.CultureInfo.InvariantCulture), tenantZone.StartOf(today));
    }

    [Fact]
    public void Only_what_is_initialized_has_a_next_step()
    {
        Assert.Null(Step(CampaignStatus.Draft));
        Assert.Equal((CampaignStep.Start, Noon), Step(CampaignStatus.Scheduled));
        Assert.Equal((CampaignStep.End, Noon.AddDays(10)), Step(CampaignStatus.Initializing));
        Assert.Equal((CampaignStep.End, Noon.AddDays(10)), Step(CampaignStatus.Running));
        Assert.Null(Step(CampaignStatus.Finalized));
    }

    [Theory]
    [InlineData(3, 2, 3)]
    [InlineData(10, 1, 10)]
    [InlineData(12, 1, 10)]
    public void Birthdays_come_before_the_end_but_never_after_it(int birthdayIn, int step, int inDays)
    {
        var campaign = Given.Campaign(Given.Definition() with { Type = CampaignType.Birthday, ActiveTo = Noon.AddDays(10) }) with
        {
            Birthday = new BirthdayDue(new DateOnly(2026, 3, 2), Noon.AddDays(birthdayIn)),
        };

        Assert.Equal((step == 2 ? CampaignStep.EnrolBirthdays : CampaignStep.End, Noon.AddDays(inDays)), CampaignActivity.NextStep(campaign));
    }

    [Fact]
    public void A_birthday_is_kept_once_a_year_however_often_the_day_is_gone_through()
    {
        var simulator = new PassSimulator(Birthday());
        simulator.Decide(new ProfileEvent { Account = "alice", Birthdate = new DateOnly(1990, 3, 1) });
        simulator.Decide(new ProfileEvent { Account = "leap", Birthdate = new DateOnly(2000, 2, 29) });

        foreach (var day in new[] { new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 2) })
            Begin(simulator, day);

        Assert.Equal(["alice"], simulator.Memberships.Select(walk => walk.Owner.Split('/')[1]));
        Assert.Equal(1, simulator.Campaigns.Single().Cnt);
        Assert.Equal(new DateOnly(2026, 3, 3), simulator.Campaigns.Single().Birthday?.Day);
    }

    [Fact]
    public void What_was_missed_for_more_than_a_week_is_left_out()
    {
        var simulator = new PassSimulator(Birthday() with { Birthday = new BirthdayDue(new DateOnly(2025, 1, 1), Noon.AddYears(-1)) });
        simulator.Decide(new ProfileEvent { Account = "long-ago", Birthdate = new DateOnly(1990, 1, 1) });

        Begin(simulator, new DateOnly(2025, 1, 1));

        Assert.Empty(simulator.Memberships);
        Assert.Equal(new DateOnly(2026, 2, 22), simulator.Campaigns.Single().Birthday?.Day);
    }

    [Fact]
    public void Next_years_birthday_ends_the_walk_of_this_year()
    {
        var simulator = new PassSimulator(Birthday() with { Birthday = new BirthdayDue(new DateOnly(2026, 3, 1), Noon) });
        simulator.Decide(new ProfileEvent { Account = "alice", Birthdate = new DateOnly(1990, 3, 1) });
        Begin(simulator, new DateOnly(2026, 3, 1));
        simulator.Store(simulator.Campaigns.Single() with { Birthday = new BirthdayDue(new DateOnly(2027, 3, 1), Noon.AddYears(1)) });

        Begin(simulator, new DateOnly(2027, 3, 1));

        var kinds = simulator.Facts.Select(fact => fact.Kind).Order();
        Assert.Equal([Loyalty.Campaigns.Contracts.CampaignFactKind.Joined, Loyalty.Campaigns.Contracts.CampaignFactKind.Joined, Loyalty.Campaigns.Contracts.CampaignFactKind.Left, Loyalty.Campaigns.Contracts.CampaignFactKind.MemberJoined], kinds);
        Assert.Equal(2027, simulator.Memberships.Single().Year);
    }

    private static void Begin(PassSimulator simulator, DateOnly day)
    {
        simulator.Decide(simulator.Entry(new BeginBirthdays.Body("spring", day)));
        simulator.DecideFollowUps();
    }

    private static Campaign Birthday() => Given.Campaign(
        Given.Definition(new MessageStateDefinition { Id = "wish", Title = "Happy birthday", Message = "!" }) with
        {
            Type = CampaignType.Birthday,
            Constraints = [Given.Constraint("tags.banned", ConstraintOp.Ne, "true")],
        }) with
    {
        Birthday = new BirthdayDue(new DateOnly(2026, 3, 1), Noon),
    };

    private static (CampaignStep, DateTimeOffset)? Step(CampaignStatus status) => CampaignActivity.NextStep(
        Given.Campaign(Given.Definition() with { ActiveFrom = Noon, ActiveTo = Noon.AddDays(10) }, status));
}
