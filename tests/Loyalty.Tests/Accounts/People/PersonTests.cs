using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Web;

namespace Loyalty.Tests.Accounts.People;

/// <summary>What becomes of an account when its person signs in, changes, or has been erased.</summary>
public sealed class PersonTests
{
    private static readonly DateTimeOffset At = PassSimulator.Start;

    private readonly PassSimulator simulator = new();

    [Fact]
    public void What_was_given_at_registration_is_on_the_account_unless_something_newer_was_said()
    {
        simulator.Decide(new ProfileEvent { Account = "alice", FirstName = "Till" }, secondsAgo: 3600);
        SignIn(registered: At.AddDays(-1), new RecordSignIn.Body(At.AddDays(-1)) { FirstName = "Web", Email = "a@b.pl", Phone = "600" });

        Assert.Equal(("Till", "a@b.pl", "600"), (Header.FirstName, Header.Email, Header.Phone));

        simulator.Decide(new ProfileEvent { Account = "alice", Email = "new@b.pl" });
        SignIn(registered: At.AddDays(-1), new RecordSignIn.Body(At.AddDays(-1)) { Email = "a@b.pl" });
        Assert.Equal("new@b.pl", Header.Email);
        Assert.NotNull(Header.LastLogged);
    }

    [Fact]
    public void What_a_person_changes_is_changed_on_the_account_and_null_clears_it()
    {
        simulator.Decide(new ProfileEvent { Account = "alice", FirstName = "A", LastName = "B", Phone = "1" }, secondsAgo: 60);
        simulator.Decide(simulator.Entry(new FollowPerson.Body { FirstName = new("C"), Phone = new(null), PushId = new("p") }, "alice"));

        Assert.Equal(("C", "B", null, "p"), (Header.FirstName, Header.LastName, Header.Phone, Header.PushId));
    }

    [Fact]
    public void What_comes_by_a_token_that_is_older_than_the_erasure_is_refused_and_makes_no_account()
    {
        simulator.Decide(new ProfileEvent { Account = "alice", FirstName = "A" });
        simulator.Decide(new DeletedEvent { Account = "alice" });
        var erased = simulator.Now;

        Assert.Equal("account_erased", Login(erased.AddSeconds(-1)).Problem?.Code);
        Assert.Empty(simulator.Accounts);
        simulator.Decide(new LoginEvent { Account = "alice" });
        Assert.Equal("account_erased", Login(erased.AddSeconds(-1)).Problem?.Code);
        Assert.Equal(OutcomeStatus.Applied, Login(erased.AddSeconds(1)).Status);
    }

    private AccountHeader Header => simulator.Account("alice").Header;

    private void SignIn(DateTimeOffset registered, RecordSignIn.Body body) => simulator.Decide(simulator.Entry(body with { RegisteredAt = registered }, "alice"));

    private EventOutcome Login(DateTimeOffset issued)
    {
        var entry = simulator.Event(new LoginEvent { Account = "alice" }) with { Sender = new Sender("alice", true) { TokenIssuedAt = issued } };
        return simulator.Decide(entry);
    }
}
