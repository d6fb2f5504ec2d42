using FsCheck.Xunit;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Tests.Campaigns;

/// <summary>
/// Who is enrolled by a dynamic campaign whose constraints look at the time: exactly those who ever began to match, whatever happened, however
/// often and however late the campaign looked.
/// </summary>
public sealed class JoinsByTimeProperties
{
    private static readonly string[] Members = ["ann", "bob", "cid"];

    private static readonly Constraint[][] Wanted =
    [
        [Given.Constraint("header.lastOrder", ConstraintOp.Lt, "-P60D")],
        [Given.Constraint("header.lastOrder", ConstraintOp.Lt, "-P30D"), Given.Constraint("header.lastOrder", ConstraintOp.Gt, "-P32D"), Given.Constraint("tags.vip", ConstraintOp.Eq, "true")],
        [Given.Constraint("header.created", ConstraintOp.Lte, "-P1W"), Given.Constraint("counters.orders", ConstraintOp.Lt, "3")],
        [Given.Constraint("header.lastOrder", ConstraintOp.Lt, "-P1M"), Given.Constraint("header.created", ConstraintOp.Lt, "-P2M")],
        [Given.Constraint("header.birthdate", ConstraintOp.Lte, "-P18Y"), Given.Constraint("header.lastOrder", ConstraintOp.Gt, "-P20D")],
    ];

    [Property(MaxTest = 40)]
    public void Those_are_enrolled_who_ever_began_to_match(byte[] moves, byte kind)
    {
        var constraints = Wanted[kind % Wanted.Length];
        var simulator = new PassSimulator { Zone = Zone.Of("Europe/Warsaw") };
        simulator.Store(Given.Campaign(Given.Definition(new MessageStateDefinition { Id = "only", Title = "Hi", Message = "Hi" }) with { Constraints = constraints }) with
        {
            LookedTo = PassSimulator.Start,
        });
        var expected = new HashSet<string>(StringComparer.Ordinal);
        var seen = simulator.Now;
        foreach (var (move, index) in moves.Select((move, index) => (move, index)))
        {
            Play(simulator, move, index, () => Watch(simulator, constraints, expected, ref seen));
            Watch(simulator, constraints, expected, ref seen);
        }
        Watch(simulator, constraints, expected, ref seen);
        simulator.FallDue();

        Assert.Equal(expected.Order(), simulator.Memberships.Select(membership => membership.Owner[(Given.Tenant.Length + 1)..]).Order());
    }

    private static void Play(PassSimulator simulator, byte move, int index, Action watch)
    {
        var member = Members[move % 3];
        switch (move / 3 % 8)
        {
            case 0:
                Decide(new OrderEvent { Account = member, Order = Given.Order($"o{index}") });
                break;
            case 1:
                watch();
                simulator.Decide(simulator.Event(new OrderEvent { Account = member, Order = Given.Order($"o{index}") }, simulator.Now.AddDays(-(move % 5))));
                break;
            case 2:
                Decide(new PropertiesEvent { Account = member, AddTags = ["vip"] });
                break;
            case 3:
                Decide(new PropertiesEvent { Account = member, RemoveTags = ["vip"] });
                break;
            case 4:
                Decide(new ProfileEvent { Account = member, Birthdate = new DateOnly(2008, 3, 1).AddDays(move % 40) });
                break;
            case 5:
                // A long stop: nothing is looked for meanwhile.
                simulator.Wait(TimeSpan.FromHours(move));
                break;
            default:
                simulator.PassTime(TimeSpan.FromHours(move * 2));
                break;
        }

        void Decide(LoyaltyEvent happened)
        {
            watch();
            simulator.Decide(happened);
        }
    }

    /// <summary>Looks at every hour since the last look, and at its end.</summary>
    private static void Watch(PassSimulator simulator, Constraint[] constraints, HashSet<string> expected, ref DateTimeOffset seen)
    {
        foreach (var account in simulator.Accounts.ToArray())
        {
            for (var at = seen; at < simulator.Now; at = at.AddHours(1))
                if (constraints.AllHold(account, at, simulator.Zone))
                    expected.Add(account.Id);
            if (constraints.AllHold(account, simulator.Now, simulator.Zone))
                expected.Add(account.Id);
        }
        seen = simulator.Now;
    }
}
