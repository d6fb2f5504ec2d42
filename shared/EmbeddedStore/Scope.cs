using System.Collections.Frozen;

namespace EmbeddedStore;

/// <summary>
/// Everything the store does. What is not listed here is refused with MongoDB's own error code and a message that names it; parsing asks
/// these sets first, so that nothing is ever ignored in silence.
/// </summary>
internal static class Scope
{
    public static FrozenSet<string> QueryOperators { get; } = Set(
        "$eq $ne $gt $gte $lt $lte $in $nin $and $or $nor $not $exists $type $elemMatch $all $size $regex $options $comment");

    public static FrozenSet<string> UpdateOperators { get; } = Set(
        "$set $unset $inc $min $max $setOnInsert $push $addToSet $pull");

    public static FrozenSet<string> PushModifiers { get; } = Set("$each $slice $sort");

    public static FrozenSet<string> Stages { get; } = Set(
        "$match $project $group $sort $limit $skip");

    public static FrozenSet<string> Accumulators { get; } = Set("$sum $min $max $first $push");

    /// <summary>Beside fields, documents made of them, and constants.</summary>
    public static FrozenSet<string> Expressions { get; } = Set("$literal");

    public static FrozenSet<string> Variables { get; } = Set("ROOT");

    /// <summary>The commands and, for each, every field it may carry beside <see cref="CommonOptions"/>.</summary>
    public static FrozenDictionary<string, FrozenSet<string>> Commands { get; } = new Dictionary<string, string>
    {
        ["insert"] = "documents ordered bypassDocumentValidation",
        ["update"] = "updates ordered bypassDocumentValidation",
        ["delete"] = "deletes ordered",
        ["findAndModify"] = "query sort remove update new fields upsert arrayFilters hint bypassDocumentValidation",
        ["find"] = "filter sort projection hint skip limit batchSize singleBatch noCursorTimeout allowDiskUse",
        ["getMore"] = "collection batchSize",
        ["killCursors"] = "cursors",
        ["aggregate"] = "pipeline cursor hint allowDiskUse bypassDocumentValidation",
        ["count"] = "query skip limit hint",
        ["distinct"] = "key query hint",
        ["explain"] = "verbosity",
        ["createIndexes"] = "indexes",
        ["dropIndexes"] = "index",
        ["listIndexes"] = "cursor",
        ["create"] = "",
        ["drop"] = "",
        ["dropDatabase"] = "",
        ["listCollections"] = "filter nameOnly authorizedCollections cursor",
        ["listDatabases"] = "filter nameOnly authorizedDatabases",
        ["dbStats"] = "scale",
        ["hello"] = "helloOk client compression saslSupportedMechs loadBalanced backpressure",
        ["isMaster"] = "helloOk client compression saslSupportedMechs loadBalanced backpressure",
        ["ping"] = "",
        ["endSessions"] = "",
        ["buildInfo"] = "",
        ["getParameter"] = "featureCompatibilityVersion",
        ["connectionStatus"] = "showPrivileges",
        ["getLog"] = "",
    }.ToFrozenDictionary(entry => entry.Key, entry => Set(entry.Value), StringComparer.Ordinal);

    /// <summary>What any command may carry. Concerns are checked where they are read.</summary>
    public static FrozenSet<string> CommonOptions { get; } = Set(
        "$db lsid comment maxTimeMS readConcern writeConcern $readPreference $clusterTime");

    public static FrozenSet<string> IndexOptions { get; } = Set("v key name unique sparse partialFilterExpression expireAfterSeconds");

    /// <summary>The fields of one statement of a bulk write.</summary>
    public static FrozenSet<string> UpdateStatement { get; } = Set("q u upsert multi arrayFilters hint");

    public static FrozenSet<string> CursorOptions { get; } = Set("batchSize");

    public static FrozenSet<string> DeleteStatement { get; } = Set("q limit hint");

    private static FrozenSet<string> Set(string names) =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
