using System.Linq.Expressions;
using Loyalty.Accounts.Contracts;
using Loyalty.Time;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>The accounts, as passes have left them.</summary>
internal sealed class AccountStore(IMongoDatabase database) : IAccountSearch
{
    public const string Name = "accounts.accounts";

    /// <summary>The accounts of a tenant in the order of ids.</summary>
    public static readonly IndexKeysDefinition<Account> ById =
        Builders<Account>.IndexKeys.Ascending(account => account.Tenant).Ascending(account => account.Id);

    private readonly IMongoCollection<Account> collection = database.GetCollection<Account>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // All of a tenant in the order of ids: lists, exports, what campaigns match.
        new(ById),
        // Filters q, card, phone and email.
        OfTenant(account => account.Search),
        // Filters tag, venue, campaign (with state or not) and state.
        OfTenant(account => account.Tags),
        OfTenant(account => account.Venues),
        OfTenant(account => account.Campaigns.Select(position => position.Id), account => account.Campaigns.Select(position => position.State)),
        OfTenant(account => account.Campaigns.Select(position => position.State)),
        // Filters and orders by segment, createdFrom and createdTo, lastOrderFrom and lastOrderTo.
        OfTenant(account => account.Segment),
        OfTenant(account => account.Header.Created),
        OfTenant(account => account.Header.LastOrder),
        // Whose birthday it is.
        OfTenant(account => account.Birthday),
        // Whose age a campaign waits for.
        OfTenant(account => account.Header.Birthdate),
        // Accounts that time has moved to another segment.
        OfTenant(account => account.SegmentDue),
        // Who is related to an account that is erased.
        OfTenant(account => account.Relations.Select(relation => relation.Id)),
        // Forgetting tombstones.
        new(Builders<Account>.IndexKeys.Ascending(account => account.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    /// <summary>Ids of the accounts that are related to this one.</summary>
    public async Task<IReadOnlyList<string>> RelatedToAsync(string tenant, string id, CancellationToken cancellationToken) => await collection
        .Find(Builders<Account>.Filter.Where(account => account.Tenant == tenant)
            & Builders<Account>.Filter.ElemMatch(account => account.Relations, relation => relation.Id == id))
        .Project(account => account.Id).ToListAsync(cancellationToken);

    /// <summary>Who invited an account, who invited that one, and so on.</summary>
    public async Task<Inviters> InvitersAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (string? next = id; next is not null && !known.ContainsKey(next);)
        {
            var key = Key.Of(tenant, next);
            var account = await collection.Find(account => account.Key == key)
                .Project<Account>(Builders<Account>.Projection.Include(account => account.Relations)).FirstOrDefaultAsync(cancellationToken);
            known[next] = account is null ? null : Inviters.Of(account.Relations);
            next = known[next];
        }
        return new Inviters(known);
    }

    /// <summary>Accounts that are found by a key, and really have it.</summary>
    public async Task<IReadOnlyList<Account>> WithKeyAsync(
        string tenant, string key, Func<Account, bool> has, int most, CancellationToken cancellationToken)
    {
        // Note: the same key may be the name of others, so a few more are looked at.
        var found = await collection.Find(Builders<Account>.Filter.Eq(account => account.Tenant, tenant) & Builders<Account>.Filter.AnyEq(account => account.Search, key))
            .SortBy(account => account.Id).Limit(most * 10).ToListAsync(cancellationToken);
        return [.. found.Where(has).Take(most)];
    }

    public async Task<Account?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, id);
        return await collection.Find(account => account.Key == key && account.ExpireAt == null).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<string>> MatchingAsync(string tenant, Wanted wanted, string? after, int limit, CancellationToken cancellationToken) =>
        await collection
            .Find(Filter(tenant, wanted) & Builders<Account>.Filter.Gt(account => account.Id, after ?? ""))
            .SortBy(account => account.Id).Limit(limit).Project(account => account.Id).ToListAsync(cancellationToken);

    public Task<long> CountAsync(string tenant, Wanted wanted, CancellationToken cancellationToken) =>
        collection.CountDocumentsAsync(Filter(tenant, wanted), cancellationToken: cancellationToken);

    private static FilterDefinition<Account> Filter(string tenant, Wanted wanted)
    {
        var filter = Builders<Account>.Filter;
        var theirs = filter.Eq(account => account.Tenant, tenant) & ConstraintFilter.Of(wanted.Constraints, wanted.Now, wanted.Zone);
        return wanted.Birthdays switch
        {
            null => theirs,
            [] => theirs & filter.Ne(account => account.Header.Birthdate, null),
            var birthdays => theirs & filter.In(account => account.Birthday, birthdays),
        };
    }

    /// <summary>Ids of accounts that time has moved to another segment.</summary>
    /// <param name="after">Only those that come after this one in the order of due times.</param>
    public async Task<IReadOnlyList<DuePoint>> SegmentDueAsync(string tenant, DateTimeOffset now, DuePoint? after, int limit, CancellationToken cancellationToken)
    {
        var (at, id) = after ?? new DuePoint(DateTimeOffset.UnixEpoch, "");
        var found = after is null ? [] : await Due(account => account.SegmentDue == at && account.Id.CompareTo(id) > 0, limit);
        if (found.Count < limit)
            found.AddRange(await Due(account => account.SegmentDue > at && account.SegmentDue <= now, limit - found.Count));
        return [.. found.Select(account => new DuePoint(account.SegmentDue!.Value, account.Id))];

        Task<List<Account>> Due(Expression<Func<Account, bool>> which, int most) => collection
            .Find(Builders<Account>.Filter.Where(account => account.Tenant == tenant) & Builders<Account>.Filter.Where(which))
            .SortBy(account => account.Tenant).ThenBy(account => account.SegmentDue).ThenBy(account => account.Id).Limit(most)
            .Project<Account>(Builders<Account>.Projection.Include(account => account.Id).Include(account => account.SegmentDue)).ToListAsync(cancellationToken);
    }

    public async Task<DateTimeOffset?> NextTurnAsync(string tenant, DatePeriod dated, DateTimeOffset after, Zone zone, CancellationToken cancellationToken)
    {
        var next = (await AccountDates.Find(collection, tenant, dated, dated.BoundaryAt(after, zone), null, zone).Limit(1).ToListAsync(cancellationToken)).SingleOrDefault();
        DateTimeOffset[] turns = next is null ? [] : [.. dated.Turns(next, zone).Where(turn => turn > after)];
        return turns.Length == 0 ? null : turns.Min();
    }

    public async Task<IReadOnlyList<DatedAccount>> CrossedAsync(
        string tenant, Crossing crossing, DatedAccount? after, int limit, CancellationToken cancellationToken)
    {
        var (dated, zone) = (crossing.Dated, crossing.Zone);
        var to = dated.BoundaryAt(crossing.To, zone);
        var timeless = crossing.Constraints.Where(constraint => !new[] { constraint }.Periods().Any());
        var rest = ConstraintFilter.Of(timeless, crossing.To, zone);
        var found = after is null ? [] : await AccountDates.After(collection, tenant, dated, after, rest).Limit(limit).ToListAsync(cancellationToken);
        if (found.Count < limit)
        {
            var begin = after is null
                ? AccountDates.Find(collection, tenant, dated, dated.BoundaryAt(crossing.From, zone), to, zone, rest)
                : AccountDates.Beyond(collection, tenant, dated, after, to, zone, rest);
            found.AddRange(await begin.Limit(limit - found.Count).ToListAsync(cancellationToken));
        }
        return [.. found.Select(account => new DatedAccount(account.Id, AccountDates.Text(dated, account)))];
    }

    /// <summary>Tenant, fields, id: what is equal in the fields comes in the order of ids, so that pages never overlap.</summary>
    private static CreateIndexModel<Account> OfTenant(params Expression<Func<Account, object?>>[] fields)
    {
        var keys = Builders<Account>.IndexKeys.Ascending(account => account.Tenant);
        return new(fields.Aggregate(keys, (some, field) => some.Ascending(field)).Ascending(account => account.Id));
    }
}
