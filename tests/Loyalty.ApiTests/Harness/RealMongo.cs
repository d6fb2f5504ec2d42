using MongoDB.Driver;

namespace Loyalty.ApiTests;

/// <summary>Where <c>LOYALTY_TEST_MONGODB</c> names a server, each host gets a database of its own on it; else the embedded store.</summary>
internal static class RealMongo
{
    public const string Variable = "LOYALTY_TEST_MONGODB";

    public static string? Server { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    public static string? Database() =>
        Server is null ? null : new MongoUrlBuilder(Server) { DatabaseName = $"loyalty-test-{Guid.NewGuid():N}" }.ToString();

    public static async Task DropAsync(string? database)
    {
        if (database is null)
            return;
        using var client = new MongoClient(database);
        await client.DropDatabaseAsync(MongoUrl.Create(database).DatabaseName);
    }
}
