using MongoDB.Driver;

namespace Loyalty.Mongo;

/// <summary>Tells a database that does not answer, or takes no writes just now, from one that refuses what it is asked.</summary>
public static class Outage
{
    /// <summary>
    /// Codes of MongoDB: host unreachable, not primary, shutting down, stepped down, disk full, write concern not met in time and the like.
    /// </summary>
    private static readonly int[] Codes = [6, 7, 50, 64, 79, 89, 91, 100, 112, 133, 134, 189, 202, 262, 317, 9001, 10058, 10107, 11600, 11602, 13388, 13435, 13436, 14031, 91331];

    public static bool Is(Exception error) => error switch
    {
        MongoConnectionException or MongoNotPrimaryException or MongoNodeIsRecoveringException or MongoWaitQueueFullException or MongoExecutionTimeoutException => true,
        MongoWriteConcernException => true,
        MongoBulkWriteException bulk => bulk.WriteConcernError is not null || bulk.WriteErrors.Any(write => Codes.Contains(write.Code)),
        MongoWriteException write => write.WriteConcernError is not null || Codes.Contains(write.WriteError.Code),
        MongoCommandException command => Codes.Contains(command.Code),
        TimeoutException or IOException => true,
        AggregateException many => many.Flatten().InnerExceptions.All(Is),
        _ => false,
    };
}
