using System.Runtime.CompilerServices;
using Loyalty.Accounts.Contracts;
using Loyalty.Web;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>Reads many accounts: a page of a list, their number, or all of them one batch after another.</summary>
internal sealed class AccountLists(IMongoDatabase database)
{
    private const int ExportBatch = 200;

    private readonly IMongoCollection<Account> collection = database.GetCollection<Account>(AccountStore.Name);

    public async Task<(IReadOnlyList<Account> Accounts, long Total)> PageAsync(AccountQuery query, ListQuery list, CancellationToken cancellationToken)
    {
        var order = AccountQuery.Order(list);
        if (list.Take == 0)
            return ([], await CountAsync(query, cancellationToken));
        var found = await collection.Find(query.Filter).Sort(order).Skip(list.Skip).Limit(list.Take).ToListAsync(cancellationToken);
        var isLast = found.Count < list.Take && (found.Count > 0 || list.Skip == 0);
        return (found, isLast ? list.Skip + found.Count : await CountAsync(query, cancellationToken));
    }

    public Task<long> CountAsync(AccountQuery query, CancellationToken cancellationToken) =>
        collection.CountDocumentsAsync(query.Filter, cancellationToken: cancellationToken);

    /// <summary>
    /// Everything that matches, each account once, holding one batch at a time. Note: through an index on a time, an account that changes
    /// meanwhile could be met twice; so what is not narrow is read in the order of ids.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<Account>> AllAsync(
        AccountQuery query, ProjectionDefinition<Account, Account>? fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new FindOptions<Account, Account>
        {
            BatchSize = ExportBatch,
            Projection = fields,
            Hint = query.IsNarrow ? null : AccountStore.ById.Render(new(collection.DocumentSerializer, collection.Settings.SerializerRegistry)),
        };
        using var cursor = await collection.FindAsync(query.Filter, options, cancellationToken);
        while (await cursor.MoveNextAsync(cancellationToken))
            yield return [.. cursor.Current];
    }
}
