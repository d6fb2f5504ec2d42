using MongoDB.Driver;

namespace Loyalty.Host;

/// <summary>How far the demo has come. The secrets stay only until they have been shown.</summary>
internal sealed record DemoState
{
    public const string OnlyId = "demo";

    public string Id { get; init; } = OnlyId;
    public DemoSecrets? Secrets { get; init; }
    public bool Shown { get; init; }
}

internal sealed record DemoSecrets(string ClientSecret, string MemberPassword, string ManagerPassword, string PeopleClientSecret);

/// <summary>Collection <c>host.demo</c>: one document.</summary>
internal sealed class DemoStateStore(IMongoDatabase database)
{
    private readonly IMongoCollection<DemoState> states = database.GetCollection<DemoState>("host.demo");

    public async Task<DemoState?> FindAsync(CancellationToken cancellation) =>
        await states.Find(state => state.Id == DemoState.OnlyId).FirstOrDefaultAsync(cancellation);

    /// <summary>Note: of two hosts that start at once one makes the secrets, and both go on with those.</summary>
    public async Task<DemoState> BeginAsync(DemoSecrets secrets, CancellationToken cancellation)
    {
        try
        {
            await states.InsertOneAsync(new DemoState { Secrets = secrets }, cancellationToken: cancellation);
        }
        catch (MongoWriteException error) when (error.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
        }
        return (await FindAsync(cancellation))!;
    }

    public Task DoneAsync(CancellationToken cancellation) =>
        states.ReplaceOneAsync(state => state.Id == DemoState.OnlyId, new DemoState { Shown = true }, cancellationToken: cancellation);
}
