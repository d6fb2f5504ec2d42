using MongoDB.Bson;

namespace Loyalty.Benchmarks.EmbeddedStore;

/// <summary>Documents of one kilobyte, as a product might have them.</summary>
internal static class Documents
{
    private static readonly string Filling = new('x', 860);

    public static string IdOf(int number) => $"account-{number:D9}";

    public static BsonDocument Of(int number) => new()
    {
        { "_id", IdOf(number) },
        { "member", $"member-{number * 7919L % 1_000_003:D7}" },
        { "points", number % 10_000 },
        { "at", new BsonDateTime(1_700_000_000_000 + number) },
        { "text", Filling },
    };
}
