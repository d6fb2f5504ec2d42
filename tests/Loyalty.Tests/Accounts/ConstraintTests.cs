using System.Text.Json;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Time;
using MongoDB.Driver;

namespace Loyalty.Tests.Accounts;

/// <summary>One language, two evaluations: on an account in memory and as a database query.</summary>
public sealed class ConstraintTests(RandomPopulation population) : IClassFixture<RandomPopulation>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Property(MaxTest = 5000, Arbitrary = [typeof(RandomAccounts)])]
    public void Memory_and_database_choose_the_same_accounts(Constraint[] constraints, byte place, byte time)
    {
        var (zone, now) = (RandomAccounts.Zones[place % RandomAccounts.Zones.Count], RandomAccounts.Presents[time % RandomAccounts.Presents.Count]);
        var inDatabase = population.Collection.Find(ConstraintFilter.Of(constraints, now, zone)).ToList().Select(account => account.Id).ToHashSet();
        var differing = population.Accounts.FirstOrDefault(account => constraints.AllHold(account, now, zone) != inDatabase.Contains(account.Id));

        Assert.True(differing is null, $"{JsonSerializer.Serialize(constraints)} at {now:O} in {zone} on {JsonSerializer.Serialize(differing)}");
    }

    [Property(MaxTest = 1000, Arbitrary = [typeof(RandomAccounts)])]
    public void An_account_that_was_stored_fulfils_what_it_fulfilled_before(Constraint[] constraints)
    {
        foreach (var (before, after) in population.Accounts.Zip(population.Stored))
            Assert.Equal(constraints.AllHold(before, Now, Zone.Utc), constraints.AllHold(after, Now, Zone.Utc));
    }

    [Fact]
    public void The_random_world_is_one_in_which_constraints_hold_now_and_then()
    {
        var shares = RandomAccounts.Constraints().Generator.Sample(500).Where(constraints => constraints.Length > 0)
            .Select(constraints => population.Accounts.Count(account => constraints.AllHold(account, Now, Zone.Utc)) / (double)population.Accounts.Count).ToList();

        Assert.InRange(shares.Count(share => share is > 0 and < 1) / (double)shares.Count, 0.3, 1);
    }
}

/// <summary>Some hundred random accounts, as they were made and as they were stored.</summary>
public sealed class RandomPopulation : IAsyncLifetime
{
    private readonly AccountDatabase database = new();

    public IReadOnlyList<Account> Accounts { get; } =
        [.. Enumerable.Range(100, 300).SelectMany(number => RandomAccounts.Account(number).Sample(1, 50))];

    public IReadOnlyList<Account> Stored { get; private set; } = [];

    public IMongoCollection<Account> Collection => database.Database.GetCollection<Account>(AccountStore.Name);

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        await Collection.InsertManyAsync(Accounts);
        Stored = await Collection.Find(FilterDefinition<Account>.Empty).SortBy(account => account.Id).ToListAsync();
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
