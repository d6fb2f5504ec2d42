using MongoDB.Driver;

namespace Loyalty.Passes.Records;

/// <summary>Bulk writes that may be made again: what is there already is no failure.</summary>
internal static class Duplicates
{
    private const int DuplicateKey = 11000;

    /// <summary>Whether nothing went wrong but that ids were taken.</summary>
    public static bool AreAll(MongoBulkWriteException error) => error.WriteConcernError is null && error.WriteErrors.All(Is);

    public static bool Is(WriteError error) => error.Code == DuplicateKey;
}
