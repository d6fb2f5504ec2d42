using FsCheck.Xunit;
using Loyalty.Accounts;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Accounts;

/// <summary>Consents, tags and properties: an older word never undoes a newer one, whenever it arrives.</summary>
public sealed class ConsentTests
{
    private static readonly string[] Values = ["yes", "no", "true", "later"];

    private readonly PassSimulator simulator = new();

    [Property(MaxTest = 60)]
    public void In_whatever_order_consents_arrive_the_newest_word_stands_and_of_equals_the_withdrawal(byte[] said, int seed)
    {
        var events = said.Select(word => (Event: Say("mail", Values[word % 4]), Ago: word / 4 % 8 * 60)).ToArray();
        var shuffled = (events.Clone() as (ConsentsEvent Event, int Ago)[])!;
        new Random(seed).Shuffle(shuffled);
        simulator.Wait(TimeSpan.FromDays(1));
        var now = simulator.Now;

        foreach (var (account, told) in new[] { ("one", events), ("two", shuffled) })
            simulator.Decide(told.Select(word => simulator.Event(word.Event with { Account = account }, now.AddSeconds(-word.Ago))));

        if (said.Length > 0)
            Assert.Equal(simulator.Account("one").Consents, simulator.Account("two").Consents);
    }

    [Fact]
    public void An_older_consent_does_not_undo_a_withdrawal_and_a_time_ahead_counts_as_now()
    {
        simulator.Decide(Say("mail", "no") with { Account = "alice" });
        simulator.Decide(simulator.Event(Say("mail", "yes") with { Account = "alice" }, simulator.Now.AddDays(-10)));
        Assert.Equal("no", simulator.Account("alice").Consents["mail"]);

        simulator.Decide(simulator.Event(Say("mail", "yes") with { Account = "alice" }, simulator.Now.AddDays(1)));
        Assert.Equal("yes", simulator.Account("alice").Consents["mail"]);
        simulator.Decide(Say("mail", "no") with { Account = "alice" });
        Assert.Equal("no", simulator.Account("alice").Consents["mail"]);
    }

    [Fact]
    public void Every_change_is_kept_with_value_time_and_client_and_names_nobody()
    {
        simulator.Decide(simulator.Event(Say("mail", "yes") with { Account = "alice" }) with { Sender = new Sender("till-1", false) });
        simulator.Decide(simulator.Event(Say("mail", "no") with { Account = "alice" }) with { Sender = new Sender("alice", true) });
        simulator.Decide(Say("mail", "no") with { Account = "alice" });

        var words = simulator.All<ConsentWord>(ConsentStore.Name).OrderBy(word => word.AcceptedAt).ToArray();
        Assert.Equal([("mail", "yes", "till-1"), ("mail", "no", null)], words.Select(word => (word.Consent, word.Value, word.Client)));
        Assert.All(words, word => Assert.Equal(simulator.Account("alice").Incarnation, word.Handle));
    }

    [Fact]
    public void An_older_word_on_a_tag_or_a_property_changes_nothing_also_after_its_removal()
    {
        var now = simulator.Now;
        Tell(now, new PropertiesEvent { Properties = new Dictionary<string, string?> { ["size"] = "new", ["gone"] = null }, AddTags = ["set"], RemoveTags = ["out"] });
        Tell(now.AddDays(-1), new PropertiesEvent { Properties = new Dictionary<string, string?> { ["size"] = "old", ["gone"] = "back", ["other"] = "1" }, AddTags = ["out", "old"], RemoveTags = ["set"] });

        var alice = simulator.Account("alice");
        Assert.Equal(new Dictionary<string, string> { ["size"] = "new", ["other"] = "1" }, alice.Properties);
        Assert.Equal(["set", "old"], alice.Tags);
    }

    [Fact]
    public void Of_what_was_removed_the_newest_256_are_remembered()
    {
        for (var round = 0; round < 3; round++)
            simulator.Decide(new PropertiesEvent { Account = "alice", RemoveTags = [.. Enumerable.Range(0, 200).Select(tag => $"t{round}-{tag}")] });

        Assert.Equal(256, simulator.Account("alice").TagsSaid.Count);
    }

    private void Tell(DateTimeOffset at, PropertiesEvent said) => simulator.Decide(simulator.Event(said with { Account = "alice" }, at));

    private static ConsentsEvent Say(string consent, string value) =>
        new() { Consents = new Consents { Scope = ConsentScope.Account, Values = new Dictionary<string, string> { [consent] = value } } };
}
