using FsCheck.Xunit;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Accounts.Handlers;

/// <summary>What each kind of event does to its account.</summary>
public sealed class AccountEventTests
{
    private static readonly DateTimeOffset At = PassSimulator.Start;

    private readonly PassSimulator one = new();
    private int lives;

    private static readonly Account Alice = Campaigns.Given.Account() with
    {
        Tags = ["old", "nice"],
        Properties = new Dictionary<string, string> { ["my_a"] = "1", ["my.b"] = "2" },
        Counters = new Dictionary<string, decimal> { ["points"] = 5, ["wallet"] = 1.5m },
        Consents = new Dictionary<string, string> { ["mail"] = "true" },
    };

    [Fact]
    public void PROFILE_sets_what_it_names_and_leaves_the_rest()
    {
        var account = Tell(
            [
                (new ProfileEvent { FirstName = "Alice", Birthdate = new DateOnly(2000, 2, 29), Sex = Sex.Female }, At),
                (new ProfileEvent { LastName = "Smith", Phone = "1", Email = "a@b.c", PushId = "p" }, At.AddMinutes(1)),
            ]);

        Assert.Equal(
            Alice.Header with
            {
                FirstName = "Alice",
                LastName = "Smith",
                Birthdate = new DateOnly(2000, 2, 29),
                Sex = Sex.Female,
                Phone = "1",
                Email = "a@b.c",
                PushId = "p",
                LastEvent = At.AddMinutes(1),
            },
            account.Header);
    }

    [Fact]
    public void LOGIN_says_when_and_where_the_person_was_last_seen()
    {
        var account = Tell([(new LoginEvent { PushId = "phone" }, At), (new LoginEvent(), At.AddMinutes(-1))]);

        Assert.Equal((At, At, "phone"), (account.Header.LastLogged, account.Header.LastEvent, account.Header.PushId));
    }

    [Fact]
    public void PROPERTIES_sets_and_removes_properties_and_tags()
    {
        var account = Apply(new PropertiesEvent
        {
            Properties = new Dictionary<string, string?> { ["my_a"] = null, ["my.b"] = "3", ["new"] = "" },
            AddTags = ["fresh", "nice", "both"],
            RemoveTags = ["old", "both", "unknown"],
        });

        Assert.Equal(new Dictionary<string, string> { ["my.b"] = "3", ["new"] = "" }, account.Properties);
        Assert.Equal(["nice", "fresh"], account.Tags);
    }

    [Fact]
    public void COUNTERS_adds_signed_amounts()
    {
        var account = Apply(new CountersEvent { Counters = new Dictionary<string, decimal> { ["points"] = -7.25m, ["new"] = 1 } });

        Assert.Equal(new Dictionary<string, decimal> { ["points"] = -2.25m, ["wallet"] = 1.5m, ["new"] = 1 }, account.Counters);
    }

    [Fact]
    public void CONSENTS_of_the_account_are_kept_and_those_of_a_transaction_are_not()
    {
        var given = new Dictionary<string, string> { ["mail"] = "no", ["push.all"] = "yes" };

        Assert.Equal(given, Apply(new ConsentsEvent { Consents = new Consents { Scope = ConsentScope.Account, Values = given } }).Consents);
        Assert.Equal(Alice.Consents, Apply(new ConsentsEvent { Consents = new Consents { Scope = ConsentScope.Transaction, Transaction = "t", Values = given } }).Consents);
        Assert.Equal(given, Apply(new LoginEvent { Consents = new Consents { Scope = ConsentScope.Account, Values = given } }).Consents);
    }

    [Fact]
    public void Every_event_says_when_the_account_was_last_heard_of_and_nothing_else_of_itself()
    {
        var relation = new RelationEvent { Id = "bob", Type = RelationType.Friend };
        LoyaltyEvent[] events = [new CardEvent { Card = "card-1" }, new ConsentsEvent(), new ProfileEvent(), new PropertiesEvent(), relation];
        foreach (var happened in events)
        {
            var account = Apply(happened);
            var said = account with { Key = Alice.Key, Id = Alice.Id, LastPass = 0, Segment = null, Card = happened is CardEvent ? null : account.Card, Relations = happened == relation ? [] : account.Relations };
            Assert.Equivalent(Alice with { Header = Alice.Header with { LastEvent = At } }, said, strict: true);
            Assert.Equal(At.AddDays(1), Tell([(new LoginEvent(), At.AddDays(1)), (happened is CardEvent ? new CardEvent { Card = "card-2" } : happened, At)]).Header.LastEvent);
        }
    }

    [Property(MaxTest = 300)]
    public void In_whatever_order_PROFILE_events_arrive_the_header_is_the_same(byte[] said, int seed)
    {
        var events = said.Select((what, index) => (Event: Profile(what, index), At: At.AddSeconds(index))).ToArray();
        var shuffled = (events.Clone() as (LoyaltyEvent, DateTimeOffset)[])!;
        new Random(seed).Shuffle(shuffled);

        Assert.Equal(Tell(events).Header, Tell(shuffled).Header);
    }

    [Property(MaxTest = 300)]
    public void The_newest_word_on_each_field_stands(byte[] said, int seed)
    {
        var events = said.Select((what, index) => (Event: Profile(what, index), At: At.AddSeconds(index))).ToArray();
        var newest = events.Select(told => told.Event).OfType<ProfileEvent>().LastOrDefault(profile => profile.FirstName is not null)?.FirstName;
        new Random(seed).Shuffle(events);

        Assert.Equal(newest, Tell(events).Header.FirstName);
    }

    [Fact]
    public void A_relation_is_recorded_once_for_each_type()
    {
        var account = Tell(
            [
                (new RelationEvent { Id = "bob", Type = RelationType.Friend }, At), (new RelationEvent { Id = "bob", Type = RelationType.Friend }, At.AddDays(1)),
                (new RelationEvent { Id = "bob", Type = RelationType.Invited }, At),
            ]);

        Assert.Equal([new Relation("bob", At, RelationType.Friend), new Relation("bob", At, RelationType.Invited)], account.Relations);
    }

    [Theory]
    [InlineData(RelationType.Invited, RelationType.InvitedBy)]
    [InlineData(RelationType.InvitedBy, RelationType.Invited)]
    [InlineData(RelationType.Friend, RelationType.Friend)]
    [InlineData(RelationType.Unknown, RelationType.Unknown)]
    public void A_relation_has_its_mirror_on_the_other_account_unless_told_not_to(RelationType type, RelationType mirror)
    {
        var simulator = new PassSimulator();
        simulator.Decide(new RelationEvent { Account = "alice", Type = type, Id = "bob" });
        simulator.Decide(new RelationEvent { Account = "dora", Type = type, Id = "carol", DoNotProcessSymmetry = true });

        Assert.Equal(["carol"], simulator.Account("dora").Relations.Select(relation => relation.Id));
        Assert.Equal(["bob"], simulator.Account("alice").Relations.Select(relation => relation.Id));
        Assert.Equal(new Relation("alice", PassSimulator.Start.AddSeconds(1), mirror), Assert.Single(simulator.Account("bob").Relations));
        Assert.DoesNotContain(simulator.Accounts, account => account.Id == "carol");
    }

    [Fact]
    public void An_account_that_comes_into_being_as_the_other_side_of_a_relation_joins_campaigns_as_any_other()
    {
        var welcome = Campaigns.Given.Definition(new Loyalty.Campaigns.MessageStateDefinition { Id = "hello", Title = "Hello", Message = "Hello" }) with
        {
            Constraints = [Campaigns.Given.Constraint("header.created", ConstraintOp.Exists)],
        };
        var simulator = new PassSimulator(Campaigns.Given.Campaign(welcome));

        simulator.Decide(new RelationEvent { Account = "alice", Type = RelationType.Friend, Id = "bob" });

        Assert.Equal(["alice", "bob"], simulator.Memberships.Select(membership => membership.Owner.Split('/')[1]).Order());
        Assert.Equal("spring", Assert.Single(simulator.Account("bob").Campaigns).Id);
    }

    [Fact]
    public void A_member_get_member_code_makes_the_relation_and_a_wrong_one_changes_nothing()
    {
        var simulator = new PassSimulator();
        simulator.Decide(new LoginEvent { Account = "alice" });
        var code = simulator.Account("alice").Mgm;

        simulator.Decide(new ProfileEvent { Account = "bob", FirstName = "Bob", InvitedBy = code.ToLowerInvariant() });
        Assert.Equal(RelationType.InvitedBy, Assert.Single(simulator.Account("bob").Relations).Type);
        Assert.Equal(RelationType.Invited, Assert.Single(simulator.Account("alice").Relations).Type);

        foreach (var (account, wrong) in new[] { ("carol", "NOBODY"), ("alice", code) })
        {
            var before = simulator.Everything();
            var outcome = simulator.Decide(new ProfileEvent { Account = account, FirstName = "X", InvitedBy = wrong });
            Assert.Equal(["invitedBy"], outcome.Problem!.Errors!.Keys);
            Assert.Equal(before, simulator.Everything());
        }
    }

    [Fact]
    public void A_card_belongs_to_one_account_and_an_account_has_one_card()
    {
        var simulator = new PassSimulator();
        simulator.Decide(new CardEvent { Account = "alice", Card = "card-1" });
        Assert.Equal("card_of_another_account", simulator.Decide(new CardEvent { Account = "bob", Card = "card-1" }).Problem?.Code);

        simulator.Decide(new CardEvent { Account = "alice", Card = "card-2" });
        Assert.Equal(OutcomeStatus.Applied, simulator.Decide(new CardEvent { Account = "bob", Card = "card-1" }).Status);

        Assert.Equal("card-2", simulator.Account("alice").Card);
        Assert.Equal("card-1", simulator.Account("bob").Card);
    }

    private Account Apply(LoyaltyEvent happened) => Tell([(happened, At)]);

    /// <summary>What becomes of an account like Alice's, in one pass.</summary>
    private Account Tell(IEnumerable<(LoyaltyEvent Event, DateTimeOffset At)> events)
    {
        var id = $"alice{lives++}";
        one.Store(Alice with { Key = Key.Of(PassSimulator.Tenant, id), Id = id });
        one.Decide(events.Select(told => one.Event(told.Event with { Account = id }, told.At)));
        return one.Account(id);
    }

    private static LoyaltyEvent Profile(byte what, int index) => (what % 4) switch
    {
        0 => new ProfileEvent { FirstName = $"first {index}", PushId = what % 8 == 0 ? $"push {index}" : null },
        1 => new ProfileEvent { LastName = $"last {index}", Email = $"{index}@b.c", Phone = what % 8 == 1 ? $"{index}" : null },
        2 => new ProfileEvent { Birthdate = new DateOnly(2000, 1, 1).AddDays(index), Sex = (Sex)(what % 3), FirstName = what % 8 == 2 ? $"first {index}" : null },
        _ => new LoginEvent { PushId = what % 8 == 3 ? $"push {index}" : null },
    };
}
