using EmbeddedStore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Mongo;

/// <summary>Readiness <c>store</c>: does the embedded store take writes, or does the MongoDB server answer?</summary>
internal sealed class StoreCheck(IMongoDatabase database, IServiceProvider services) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        services.GetService<EmbeddedMongo>() is { } store ? Explain(store.Status) : await PingAsync(cancellationToken);

    internal static HealthCheckResult Explain(StoreStatus status) =>
        status.Condition == StoreCondition.TakesWrites ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(status.Reason);

    private async Task<HealthCheckResult> PingAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await database.RunCommandAsync<BsonDocument>(new BsonDocument("ping", 1), ReadPreference.Primary, limit.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception error) when (error is MongoException or TimeoutException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HealthCheckResult.Unhealthy($"The database does not answer: {error.Message}");
        }
    }
}
