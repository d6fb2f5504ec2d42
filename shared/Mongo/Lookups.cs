using System.Linq.Expressions;
using MongoDB.Driver;

namespace Loyalty.Mongo;

/// <summary>Finding many documents in one call.</summary>
public static class Lookups
{
    /// <summary>The documents whose field has one of these values. Where there are none to look for, nobody is asked.</summary>
    public static async Task<IReadOnlyList<T>> FindInAsync<T, TValue>(
        this IMongoCollection<T> collection, Expression<Func<T, TValue>> field, IEnumerable<TValue> values, CancellationToken cancellationToken)
    {
        TValue[] wanted = [.. values];
        return wanted.Length == 0 ? [] : await collection.Find(Builders<T>.Filter.In(field, wanted)).ToListAsync(cancellationToken);
    }
}
