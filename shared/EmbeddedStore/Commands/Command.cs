using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>A command the store knows, by its wire name.</summary>
internal sealed record Command(string Name, Func<Call, ValueTask<Reply>> Run)
{
    /// <summary>A command that never waits.</summary>
    public static Command Of(string name, Func<Call, Reply> run) => new(name, call => ValueTask.FromResult(run(call)));
}
