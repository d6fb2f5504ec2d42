namespace Loyalty.Campaigns;

/// <summary>Whether the states of a campaign make a walk that always ends or waits. Pure.</summary>
internal static class StateGraph
{
    public static IEnumerable<(string Path, string Message)> Faults(IReadOnlyList<StateDefinition> states)
    {
        var ids = states.Select(state => state.Id).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < states.Count; index++)
        {
            var state = states[index];
            if (!seen.Add(state.Id))
                yield return ($"states[{index}].id", $"There is another state {state.Id}: give each its own id.");
            if (state.TransitionTo is { } next && !ids.Contains(next))
                yield return ($"states[{index}].transitionTo", $"There is no state {next}.");
            if (state is CouponStateDefinition { ExpireTo: { } onExpiry } && !ids.Contains(onExpiry))
                yield return ($"states[{index}].expireTo", $"There is no state {onExpiry}.");
        }
        if (seen.Count < states.Count)
            yield break;
        var reached = Reached(states);
        for (var index = 0; index < states.Count; index++)
        {
            if (!reached.Contains(states[index].Id))
                yield return ($"states[{index}].id", $"Nothing leads to the state {states[index].Id}: the walk begins in {states[0].Id}; name this state in a transitionTo.");
            if (RunsInCircles(states, states[index]))
                yield return ($"states[{index}].transitionTo", $"From {states[index].Id} the walk would go round without ever waiting: put a COUPON, MESSAGE or ORDER state into the circle.");
        }
    }

    private static HashSet<string> Reached(IReadOnlyList<StateDefinition> states)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([states[0].Id]);
        while (open.TryPop(out var id))
        {
            if (!reached.Add(id))
                continue;
            foreach (var next in Next(states.Single(state => state.Id == id)))
                if (states.Any(state => state.Id == next))
                    open.Push(next);
        }
        return reached;
    }

    private static IEnumerable<string> Next(StateDefinition state)
    {
        if (state.TransitionTo is { } next)
            yield return next;
        if (state is CouponStateDefinition { ExpireTo: { } onExpiry })
            yield return onExpiry;
    }

    private static bool RunsInCircles(IReadOnlyList<StateDefinition> states, StateDefinition start)
    {
        var state = start;
        for (var steps = 0; state is { Waits: false }; steps++)
        {
            if (steps > states.Count)
                return true;
            state = states.FirstOrDefault(candidate => candidate.Id == state.TransitionTo);
            if (state == start)
                return true;
        }
        return false;
    }
}
