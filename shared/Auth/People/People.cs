using System.Linq.Expressions;
using System.Security.Cryptography;
using Loyalty.Web;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>A person to be made.</summary>
public sealed record NewPerson(string Tenant, string Login, string Password, IReadOnlyList<string> Roles)
{
    /// <summary>A UUID; made up when absent.</summary>
    public string? Id { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    /// <summary>The name that the audit log has for the person; made up when absent.</summary>
    internal string? Handle { get; init; }
}

/// <summary>Everybody who can sign in, tenant by tenant.</summary>
public sealed class People
{
    private const int DueAtOnce = 100;
    private static readonly UpdateDefinitionBuilder<Person> Set = Builders<Person>.Update;

    private readonly IMongoCollection<Person> people;
    private readonly Hashing hashing;
    private readonly TimeProvider time;

    internal People(IMongoDatabase database, Hashing hashing, TimeProvider time) =>
        (people, this.hashing, this.time) = (database.GetCollection<Person>("auth.people"), hashing, time);

    /// <returns>Null when the login is taken.</returns>
    public async Task<Person?> TryCreateAsync(NewPerson person, CancellationToken cancellation)
    {
        var key = Person.KeyOf(person.Tenant, person.Login);
        // Note: before anything is hashed, which is the dear part.
        if (await people.Find(known => known.Key == key).AnyAsync(cancellation))
            return null;
        var created = new Person
        {
            Key = key,
            Tenant = person.Tenant,
            Id = person.Id ?? Guid.NewGuid().ToString(),
            Login = person.Login.Trim(),
            FirstName = person.FirstName,
            LastName = person.LastName,
            Phone = person.Phone,
            Email = person.Email,
            Handle = person.Handle ?? NewHandle(),
            Roles = [.. person.Roles],
            Created = time.GetUtcNow(),
            PasswordHash = await hashing.HashAsync(person.Tenant, person.Password, cancellation),
        };
        try
        {
            await people.InsertOneAsync(created, cancellationToken: cancellation);
            return created;
        }
        catch (MongoWriteException error) when (error.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
            return null;
        }
    }

    /// <summary>Gives a person another password, and ends every sign-in made with the one before.</summary>
    /// <returns>False when there is no such person.</returns>
    public async Task<bool> TrySetPasswordAsync(string tenant, string login, string password, CancellationToken cancellation)
    {
        if (await FindByLoginAsync(tenant, login, cancellation) is not { } person)
            return false;
        await SetPasswordAsync(person, password, cancellation);
        return true;
    }

    public async Task<Person?> FindByLoginAsync(string tenant, string login, CancellationToken cancellation)
    {
        var key = Person.KeyOf(tenant, login);
        return await people.Find(person => person.Key == key).FirstOrDefaultAsync(cancellation);
    }

    public async Task<Person?> FindAsync(string tenant, string id, CancellationToken cancellation) =>
        await people.Find(person => person.Tenant == tenant && person.Id == id).FirstOrDefaultAsync(cancellation);

    /// <summary>Removes everything kept about somebody; their tokens are refused from now on.</summary>
    public async Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellation) =>
        (await people.DeleteOneAsync(person => person.Tenant == tenant && person.Id == id, cancellation)).DeletedCount > 0;

    internal Task CreateIndexesAsync(CancellationToken cancellation) => people.Indexes.CreateManyAsync(
    [
        // The person behind a token, on every call.
        new(Builders<Person>.IndexKeys.Ascending(person => person.Tenant).Ascending(person => person.Id)),
        // Who stands behind the handles of the audit log.
        new(Builders<Person>.IndexKeys.Ascending(person => person.Handle)),
        // Whose time for coming back is over.
        new(Builders<Person>.IndexKeys.Ascending(person => person.DeleteAfter)),
    ], cancellation);

    internal Task<bool> AnyAsync(string tenant, CancellationToken cancellation) =>
        people.Find(person => person.Tenant == tenant).AnyAsync(cancellation);

    /// <summary>The person if login and password are right and the person may sign in; it takes the same time whatever is wrong.</summary>
    /// <param name="whose">Who shares a turn at hashing.</param>
    internal async Task<Person?> CheckAsync(string tenant, string login, string password, string whose, CancellationToken cancellation)
    {
        var person = await FindByLoginAsync(tenant, login, cancellation);
        var right = await hashing.VerifyAsync(whose, password, person?.PasswordHash ?? Passwords.Decoy, cancellation);
        return right && person is { Active: true } ? person : null;
    }

    internal Task<bool> IsPasswordAsync(Person person, string password, CancellationToken cancellation) =>
        hashing.VerifyAsync(person.Tenant, password, person.PasswordHash, cancellation);

    /// <summary>Gives a new password, and ends every sign-in made with the old one.</summary>
    internal async Task SetPasswordAsync(Person person, string password, CancellationToken cancellation)
    {
        var hashed = await hashing.HashAsync(person.Tenant, password, cancellation);
        await UpdateAsync(person, Set.Set(stored => stored.PasswordHash, hashed).Set(stored => stored.SignedInSince, time.GetUtcNow()), cancellation);
    }

    /// <summary>What a person gave of themselves, anew.</summary>
    internal async Task ChangeDataAsync(Person person, ChangeMe.Request change, CancellationToken cancellation)
    {
        var updates = new List<UpdateDefinition<Person>>();
        Add(change.FirstName, stored => stored.FirstName);
        Add(change.LastName, stored => stored.LastName);
        Add(change.Phone, stored => stored.Phone);
        Add(change.Email, stored => stored.Email);
        Add(change.PushId, stored => stored.PushId);
        if (updates.Count > 0)
            await UpdateAsync(person, Set.Combine(updates), cancellation);

        void Add(Loyalty.Web.Optional<string?> value, Expression<Func<Person, string?>> field)
        {
            if (value.IsGiven)
                updates.Add(Set.Set(field, value.Value));
        }
    }

    /// <summary>Suspends a person until they are erased; null lets them in again.</summary>
    internal Task SuspendAsync(Person person, DateTimeOffset? deleteAfter, CancellationToken cancellation) =>
        UpdateAsync(person, deleteAfter is { } until ? Set.Set(stored => stored.DeleteAfter, until) : Set.Unset(stored => stored.DeleteAfter), cancellation);

    /// <summary>Some of those whose time for coming back is over.</summary>
    internal async Task<IReadOnlyList<Person>> DueAsync(DateTimeOffset now, CancellationToken cancellation) =>
        await people.Find(person => person.DeleteAfter <= now).Limit(DueAtOnce).ToListAsync(cancellation);

    internal async Task<string?> HandleOfAsync(string tenant, string id, CancellationToken cancellation) =>
        await FindAsync(tenant, id, cancellation) is { } person ? await HandleOfAsync(person, cancellation) : null;

    /// <summary>The name that the audit log has for a person; made up for those who were there before it.</summary>
    internal async Task<string> HandleOfAsync(Person person, CancellationToken cancellation)
    {
        if (person.Handle is { } known)
            return known;
        await people.UpdateOneAsync(stored => stored.Key == person.Key && stored.Handle == null, Set.Set(stored => stored.Handle, NewHandle()), cancellationToken: cancellation);
        return (await FindAsync(person.Tenant, person.Id, cancellation))?.Handle ?? NewHandle();
    }

    /// <summary>The logins of those who are still there.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> LoginsOfAsync(IEnumerable<string> handles, CancellationToken cancellation)
    {
        string[] wanted = [.. handles.Distinct()];
        var found = wanted.Length == 0 ? [] : await people.Find(Builders<Person>.Filter.In(person => person.Handle, wanted)).ToListAsync(cancellation);
        return found.ToDictionary(person => person.Handle!, person => person.Login);
    }

    /// <summary>Removes everybody of a tenant; their tokens are refused from now on.</summary>
    internal async Task<long> DeleteAllAsync(string tenant, CancellationToken cancellation) =>
        (await people.DeleteManyAsync(person => person.Tenant == tenant, cancellation)).DeletedCount;

    internal static string NewHandle() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    /// <summary>Changes who somebody is and what they may do; who is not active any more is out at once, and stays out when active again.</summary>
    internal async Task<Person?> ChangeAsync(Person changed, CancellationToken cancellation)
    {
        var update = Set.Set(stored => stored.FirstName, changed.FirstName).Set(stored => stored.LastName, changed.LastName)
            .Set(stored => stored.Roles, changed.Roles).Set(stored => stored.Active, changed.Active);
        if (!changed.Active)
            update = update.Set(stored => stored.SignedInSince, time.GetUtcNow());
        return await UpdateAsync(changed, update, cancellation);
    }

    /// <summary>A person who may do everything in the tenant: made, or given a new password, ROLE_SU, and let in.</summary>
    internal async Task<Person> MakeAdministratorAsync(string tenant, string login, string password, CancellationToken cancellation, string? handle = null)
    {
        if (await TryCreateAsync(new NewPerson(tenant, login, password, [Roles.Su]) { Handle = handle }, cancellation) is { } made)
            return made;
        var key = Person.KeyOf(tenant, login);
        var hashed = await hashing.HashAsync(tenant, password, cancellation);
        var update = Set.Set(stored => stored.PasswordHash, hashed).Set(stored => stored.SignedInSince, time.GetUtcNow())
            .Set(stored => stored.Active, true).Unset(stored => stored.DeleteAfter).AddToSet(stored => stored.Roles, Roles.Su);
        return await people.FindOneAndUpdateAsync<Person>(stored => stored.Key == key, update,
            new FindOneAndUpdateOptions<Person> { ReturnDocument = ReturnDocument.After }, cancellation);
    }

    internal async Task<(IReadOnlyList<Person> People, long Total)> ListAsync(string tenant, ListQuery query, CancellationToken cancellation)
    {
        var filter = PeopleFilter.Of(tenant, query);
        var found = await people.Find(filter).Sort(PeopleFilter.Order(query)).Skip(query.Skip).Limit(Math.Max(query.Take, 1)).ToListAsync(cancellation);
        return (query.Take == 0 ? [] : found, await people.CountDocumentsAsync(filter, cancellationToken: cancellation));
    }

    private async Task<Person?> UpdateAsync(Person person, UpdateDefinition<Person> update, CancellationToken cancellation) =>
        await people.FindOneAndUpdateAsync<Person>(stored => stored.Key == person.Key && stored.Id == person.Id, update,
            new FindOneAndUpdateOptions<Person> { ReturnDocument = ReturnDocument.After }, cancellation);
}
