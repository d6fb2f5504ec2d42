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
    internal async Task SetPasswordAsync(Person person, string password, CancellationToken cancellation)
    {
        var update = Builders<Person>.Update
            .Set(stored => stored.PasswordHash, Passwords.Hash(password))
            .Set(stored => stored.SignedInSince, time.GetUtcNow());
        await people.UpdateOneAsync(stored => stored.Key == person.Key, update, cancellationToken: cancellation);
    }
}
