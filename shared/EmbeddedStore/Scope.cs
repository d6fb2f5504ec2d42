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

    public static FrozenSet<string> ProjectionOperators { get; } = Set("");

    public static FrozenSet<string> Stages { get; } = Set(
        "$match $project $addFields $set $group $sort $limit $skip $count $unwind $replaceRoot");

    public static FrozenSet<string> Accumulators { get; } = Set("$sum $avg $min $max $first $last $push $addToSet $count");

    public static FrozenSet<string> Expressions { get; } = Set(
        "$literal $add $subtract $multiply $divide $eq $ne $gt $gte $lt $lte $cmp $cond $ifNull $and $or $not $concat $toString $dateToString $dateTrunc "
        + "$year $month $dayOfMonth $size $in $arrayElemAt $substrCP");

    public static FrozenSet<string> Variables { get; } = Set("ROOT CURRENT NOW REMOVE");

    private static FrozenSet<string> Set(string names) =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
