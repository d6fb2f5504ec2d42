using MongoDB.Driver;

namespace Loyalty.Mongo;

/// <summary>Tells an outage of the database from what is wrong with a single command: everything fails alike until it is over, and then may be tried again.</summary>
public static class StoreOutage
{
    /// <summary>
    /// MongoDB's codes for it: unreachable, timed out, stepping down, stopping, no majority; and those of the embedded store (see its README): a full disk,
    /// a file that cannot be written, more than can be opened again.
    /// </summary>
    private static readonly HashSet<int> Codes =
        [6, 7, 39, 64, 75, 79, 89, 91, 133, 134, 146, 189, 202, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436, 14031];

    public static bool Is(Exception error) => error switch
    {
        MongoBulkWriteException bulk => bulk.WriteConcernError is { } concern ? Codes.Contains(concern.Code) : bulk.WriteErrors.Any(failed => Codes.Contains(failed.Code)),
        MongoWriteException write => Codes.Contains(write.WriteConcernError?.Code ?? write.WriteError?.Code ?? 0),
        MongoCommandException command => Codes.Contains(command.Code),
        MongoConnectionException or MongoConnectionPoolPausedException or MongoWaitQueueFullException => true,
        TimeoutException => true,
        AggregateException many => many.InnerExceptions.All(Is),
        _ => false,
    };
}
