using FsCheck.Xunit;
using Loyalty.Events.Contracts;

namespace Loyalty.Tests.Accounts;

/// <summary>Members bring members: one inviter each, nobody in a circle, and inviters count.</summary>
public sealed class ReferralTests
{
    private readonly PassSimulator simulator = new();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(60)]
    public void Nobody_invites_whom_they_were_invited_by_over_any_number_of_steps(int length)
    {
        for (var step = 1; step < length; step++)
            Assert.Equal(OutcomeStatus.Applied, Invite($"m{step:00}", $"m{step - 1:00}").Status);

        Assert.Equal("invited_in_a_circle", Invite("m00", $"m{length - 1:00}").Problem?.Code);
        Assert.Equal("invited_in_a_circle", simulator.Decide(new RelationEvent { Account = $"m{length - 1:00}", Type = RelationType.Invited, Id = "m00" }).Problem?.Code);
    }

    [Fact]
    public void A_circle_within_one_pass_is_refused_as_well()
    {
        InboxEntry[] entries = [.. new[] { ("aaa", "bbb"), ("bbb", "ccc"), ("ccc", "ddd"), ("ddd", "aaa") }.Select(tie => simulator.Event(Tie(tie.Item1, tie.Item2)))];

        Assert.Equal([null, null, null, "invited_in_a_circle"], simulator.Decide(entries).Select(outcome => outcome.Problem?.Code));
    }

    [Fact]
    public void The_first_inviter_stays()
    {
        Invite("alice", "bob");
        Assert.Equal("invited_before", Invite("alice", "carol").Problem?.Code);
        Assert.Equal("invited_before", simulator.Decide(new RelationEvent { Account = "carol", Type = RelationType.Invited, Id = "alice" }).Problem?.Code);
        Assert.Equal(OutcomeStatus.Applied, Invite("alice", "bob").Status);
        Assert.Equal(["bob"], simulator.Account("alice").Relations.Select(relation => relation.Id));
    }

    [Fact]
    public void Inviters_count_whom_they_invited_and_who_of_them_has_ordered()
    {
        simulator.Decide(new OrderEvent { Account = "early", Order = Campaigns.Given.Order("o0") });
        foreach (var invited in new[] { "alice", "carol", "early" })
            Invite(invited, "bob");
        Invite("alice", "bob");
        simulator.Decide(new OrderEvent { Account = "alice", Order = Campaigns.Given.Order("o1") });
        simulator.Decide(new OrderEvent { Account = "alice", Order = Campaigns.Given.Order("o2") });
        simulator.DecideFollowUps();
        Assert.Equal((3, 2), Counted("bob"));

        simulator.Decide(new OrderEvent { Account = "early", Order = Campaigns.Given.Order("o0", status: "CANCELLED") });
        simulator.DecideFollowUps();
        Assert.Equal((3, 1), Counted("bob"));
    }

    [Property(MaxTest = 40)]
    public void However_members_invite_each_other_nobody_is_above_themselves(byte[] ties)
    {
        var one = new PassSimulator();
        one.Decide(ties.Select(tie => one.Event(Tie($"m{tie % 6:000}", $"m{tie / 6 % 6:000}"))).Where(entry => !entry.Body.Contains("nobody", StringComparison.Ordinal)).ToArray());

        var inviters = one.Accounts.ToDictionary(account => account.Id, account => account.Relations.Where(relation => relation.Type == RelationType.InvitedBy).Select(relation => relation.Id).ToArray());
        Assert.All(inviters.Values, some => Assert.True(some.Length <= 1));
        foreach (var account in inviters.Keys)
        {
            var steps = 0;
            for (var next = inviters[account].FirstOrDefault(); next is not null; next = inviters[next].FirstOrDefault())
                Assert.True(++steps <= 6);
        }
    }

    private EventOutcome Invite(string invited, string inviter) => simulator.Decide(Tie(invited, inviter));

    private (decimal, decimal) Counted(string account) => (simulator.Account(account).Counter("invited"), simulator.Account(account).Counter("invitedActive"));

    private static RelationEvent Tie(string invited, string inviter) => new() { Account = invited, Type = RelationType.InvitedBy, Id = inviter };
}
