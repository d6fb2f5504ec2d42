using Loyalty.Campaigns;

namespace Loyalty.Tests.Campaigns;

public sealed class StateGraphTests
{
    /// <summary>States as <c>id:type&gt;next|expireTo</c>: a(ccount), c(oupon), m(essage), o(rder), w(allet).</summary>
    [Theory]
    [InlineData("one:a")]
    [InlineData("one:a>two two:c>three|four three:m four:w>three")]
    [InlineData("one:o>one")]
    [InlineData("one:m>one")]
    [InlineData("one:c>one|one")]
    [InlineData("one:a>two two:w>three three:o>one")]
    [InlineData("one:c>two|two two:a>one")]
    public void These_make_a_walk(string states) => Assert.Empty(StateGraph.Faults(Read(states)));

    [Theory]
    [InlineData("one:a>two", "states[0].transitionTo", "There is no state two.")]
    [InlineData("one:c|two", "states[0].expireTo", "There is no state two.")]
    [InlineData("one:a>One One:a two:a>nowhere", "states[2].transitionTo", "There is no state nowhere.")]
    [InlineData("one:a>two two:a two:m", "states[2].id", "There is another state two: give each its own id.")]
    [InlineData("one:a two:m", "states[1].id", "Nothing leads to the state two: the walk begins in one; name this state in a transitionTo.")]
    [InlineData("one:a two:m>three three:o>two", "states[1].id", "Nothing leads to the state two")]
    [InlineData("one:a two:m>three three:o>two", "states[2].id", "Nothing leads to the state three")]
    [InlineData("one:a two:m>two", "states[1].id", "Nothing leads to the state two")]
    [InlineData("one:a>one", "states[0].transitionTo", "From one the walk would go round without ever waiting")]
    [InlineData("one:w>one", "states[0].transitionTo", "without ever waiting")]
    [InlineData("one:m>two two:a>three three:w>two", "states[1].transitionTo", "From two the walk would go round")]
    [InlineData("one:m>two two:a>three three:w>two", "states[2].transitionTo", "From three the walk would go round")]
    [InlineData("one:a>two two:a>three three:a>two", "states[0].transitionTo", "From one the walk would go round")]
    public void These_do_not_and_the_fault_is_named_where_it_is(string states, string path, string message) =>
        Assert.Contains(StateGraph.Faults(Read(states)), fault => fault.Path == path && fault.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void Two_states_of_one_id_are_the_only_fault_until_that_is_mended() =>
        Assert.Equal("states[1].id", Assert.Single(StateGraph.Faults(Read("one:a>one one:a two:m"))).Path);

    [Fact]
    public void A_circle_with_constraints_but_nothing_that_waits_is_refused()
    {
        var held = new AccountStateDefinition { Id = "one", TransitionTo = "one", Constraints = [Given.Constraint("tags.x", Loyalty.Accounts.Contracts.ConstraintOp.Exists)] };

        Assert.Equal("states[0].transitionTo", Assert.Single(StateGraph.Faults([held])).Path);
    }

    private static StateDefinition[] Read(string states) => [.. states.Split(' ').Select(State)];

    private static StateDefinition State(string text)
    {
        var id = text[..text.IndexOf(':', StringComparison.Ordinal)];
        var expireTo = text.Split('|') is [_, var onExpiry] ? onExpiry : null;
        var next = text.Split('|')[0].Split('>') is [_, var transition] ? transition : null;
        return text[id.Length + 1] switch
        {
            'a' => new AccountStateDefinition { Id = id, TransitionTo = next },
            'c' => new CouponStateDefinition { Id = id, TransitionTo = next, ExpireTo = expireTo },
            'm' => new MessageStateDefinition { Id = id, TransitionTo = next, Title = "", Message = "" },
            'o' => new OrderStateDefinition { Id = id, TransitionTo = next },
            _ => new WalletStateDefinition { Id = id, TransitionTo = next, Amount = 1 },
        };
    }
}
