using MongoDB.Driver;

namespace Loyalty.Host;

/// <summary>How far the demo has come. What was made up is never stored: a start that dies before it was shown is followed by one that makes up others.</summary>
internal sealed record DemoState
{
    public const string OnlyId = "demo";

    public string Id { get; init; } = OnlyId;

    /// <summary>The start that makes the demo.</summary>
    public string? Maker { get; init; }

    public bool Shown { get; init; }
}

internal sealed record DemoSecrets(string ClientSecret, string MemberPassword, string ManagerPassword, string PeopleClientSecret);

/// <summary>Collection <c>host.demo</c>: one document.</summary>
internal sealed class DemoStateStore(IMongoDatabase database)
{
    private readonly IMongoCollection<DemoState> states = database.GetCollection<DemoState>("host.demo");
    private readonly string maker = $"{Guid.NewGuid():N}";

    public async Task<DemoState?> FindAsync(CancellationToken cancellation) =>
        await states.Find(state => state.Id == DemoState.OnlyId).FirstOrDefaultAsync(cancellation);

    /// <summary>Makes this start the one that makes the demo. Note: the one before it may have died.</summary>
    public Task BeginAsync(CancellationToken cancellation) => states.ReplaceOneAsync(
        state => state.Id == DemoState.OnlyId, new DemoState { Maker = maker }, new ReplaceOptions { IsUpsert = true }, cancellation);

    /// <returns>False when another host has begun since: it shows what counts.</returns>
    public async Task<bool> TryFinishAsync(CancellationToken cancellation) => (await states.ReplaceOneAsync(
        state => state.Id == DemoState.OnlyId && state.Maker == maker && !state.Shown, new DemoState { Shown = true }, cancellationToken: cancellation)).MatchedCount > 0;
}
