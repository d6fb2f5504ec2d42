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
}

/// <summary>Everybody who can sign in, tenant by tenant.</summary>
public sealed class People(IMongoDatabase database, TimeProvider time)
{
    private static readonly UpdateDefinitionBuilder<Person> Set = Builders<Person>.Update;

    private readonly IMongoCollection<Person> people = database.GetCollection<Person>("auth.people");

    /// <returns>Null when the login is taken.</returns>
    public async Task<Person?> TryCreateAsync(NewPerson person, CancellationToken cancellation)
    {
        var created = new Person
        {
            Key = Person.KeyOf(person.Tenant, person.Login),
            Tenant = person.Tenant,
            Id = person.Id ?? Guid.NewGuid().ToString(),
            Login = person.Login.Trim(),
            FirstName = person.FirstName,
            LastName = person.LastName,
            Roles = [.. person.Roles],
            Created = time.GetUtcNow(),
            PasswordHash = Passwords.Hash(person.Password),
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
    ], cancellation);

    internal Task<bool> AnyAsync(string tenant, CancellationToken cancellation) =>
        people.Find(person => person.Tenant == tenant).AnyAsync(cancellation);

    /// <summary>The person if login and password are right and the person may sign in; it takes the same time whatever is wrong.</summary>
    internal async Task<Person?> CheckAsync(string tenant, string login, string password, CancellationToken cancellation)
    {
        var person = await FindByLoginAsync(tenant, login, cancellation);
        var right = Passwords.Verify(password, person?.PasswordHash ?? Passwords.Decoy);
        return right && person is { Active: true } ? person : null;
    }

    /// <summary>Gives a new password, and ends every sign-in made with the old one.</summary>
    internal Task SetPasswordAsync(Person person, string password, CancellationToken cancellation) =>
        UpdateAsync(person, Set.Set(stored => stored.PasswordHash, Passwords.Hash(password)).Set(stored => stored.SignedInSince, time.GetUtcNow()), cancellation);

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
    internal async Task<Person> MakeAdministratorAsync(string tenant, string login, string password, CancellationToken cancellation)
    {
        if (await TryCreateAsync(new NewPerson(tenant, login, password, [Roles.Su]), cancellation) is { } made)
            return made;
        var key = Person.KeyOf(tenant, login);
        var update = Set.Set(stored => stored.PasswordHash, Passwords.Hash(password)).Set(stored => stored.SignedInSince, time.GetUtcNow())
            .Set(stored => stored.Active, true).AddToSet(stored => stored.Roles, Roles.Su);
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
