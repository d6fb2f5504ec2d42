using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Tests.Campaigns;
using MongoDB.Bson;

namespace Loyalty.Tests.Accounts;

public sealed class WalletTests
{
    private readonly PassSimulator simulator = new();

    [Fact]
    public void What_ends_first_is_spent_first()
    {
        var wallet = new Wallet(simulator);
        wallet.Credit(10);
        wallet.Credit(20, "P2D");
        wallet.Credit(30, "P1D");

        wallet.Spend(35);

        Assert.Equal([15m, 10m], wallet.Lots.Select(lot => lot.Left));
        Assert.Equal(25, wallet.Balance);
        Assert.Equal([(WalletMove.Credit, 10m), (WalletMove.Credit, 20m), (WalletMove.Credit, 30m), (WalletMove.Debit, -35m)], wallet.Movements);
    }

    [Theory]
    [InlineData(5, 5.0001, false)]
    [InlineData(5, 5, true)]
    [InlineData(0, 0.01, false)]
    [InlineData(0.00004, 0.0001, false)]
    public void Nothing_is_spent_beyond_the_balance(decimal credit, decimal spent, bool applied)
    {
        var wallet = new Wallet(simulator);
        wallet.Credit(credit);

        var outcome = wallet.Spend(spent);

        Assert.Equal(applied ? OutcomeStatus.Applied : OutcomeStatus.Rejected, outcome.Status);
        if (!applied)
            Assert.Equal(("wallet_too_low", 409, wallet.Balance), (outcome.Problem!.Code, outcome.Problem.Status, outcome.Problem.Values!["balance"]));
    }

    [Fact]
    public void Of_many_that_spend_the_same_credit_in_one_pass_only_so_many_succeed_as_there_is()
    {
        new Wallet(simulator).Credit(10);

        var outcomes = simulator.Decide([.. Enumerable.Range(0, 64).Select(_ => simulator.Event(new WalletEvent { Account = "alice", Amount = -3 }))]);

        Assert.Equal(3, outcomes.Count(outcome => outcome.Status == OutcomeStatus.Applied));
        Assert.Equal(1, new Wallet(simulator).Balance);
    }

    [Fact]
    public void What_has_ended_lapses_when_its_time_comes_and_before_anything_is_spent()
    {
        var wallet = new Wallet(simulator);
        wallet.Credit(7, "P1D");
        wallet.Credit(5, "P3D");
        wallet.Wait(TimeSpan.FromDays(1.5));
        Assert.Equal(5, wallet.Balance);

        simulator.Wait(TimeSpan.FromDays(2));
        Assert.Equal(OutcomeStatus.Rejected, wallet.Spend(1).Status);
        wallet.Credit(2);

        Assert.Equal(2, wallet.Balance);
        Assert.Equal([(WalletMove.Credit, 7m), (WalletMove.Credit, 5m), (WalletMove.Expiry, -7m), (WalletMove.Expiry, -5m), (WalletMove.Credit, 2m)], wallet.Movements);
    }

    [Theory]
    [InlineData("CANCELLED")]
    [InlineData("ABANDONED")]
    public void What_was_spent_on_an_order_comes_back_with_its_old_ends_when_the_order_ends(string status)
    {
        var wallet = new Wallet(simulator);
        wallet.Credit(7, "P1D");
        wallet.Credit(5, "P9D");
        var before = wallet.Lots;
        wallet.Spend(10, "o1");
        wallet.Order("o1", 20);

        wallet.Order("o1", 20, status);
        wallet.Order("o1", 20, status);

        Assert.Equal(before, wallet.Lots);
    }

    [Fact]
    public void What_ended_meanwhile_comes_back_and_lapses_at_once()
    {
        var wallet = new Wallet(simulator);
        wallet.Credit(7, "P1D");
        wallet.Spend(7, "o1");
        wallet.Order("o1", 20);
        wallet.Wait(TimeSpan.FromDays(2));

        wallet.Order("o1", 20, "CANCELLED");

        Assert.Equal(0, wallet.Balance);
        Assert.Equal([(WalletMove.Credit, 7m), (WalletMove.Debit, -7m), (WalletMove.Return, 7m), (WalletMove.Expiry, -7m)], wallet.Movements);
    }

    [Theory]
    [InlineData(null, 7)]
    [InlineData("NEW", 7)]
    [InlineData("COMPLETED", 0)]
    public void What_was_spent_on_an_order_comes_back_after_a_day_unless_it_is_paid(string? status, decimal balance)
    {
        var wallet = new Wallet(simulator);
        wallet.Credit(7);
        wallet.Spend(7, "o1");
        if (status is not null)
            wallet.Order("o1", 20, status);

        wallet.Wait(TimeSpan.FromHours(23));
        Assert.Equal(0, wallet.Balance);
        wallet.Wait(TimeSpan.FromHours(2));

        Assert.Equal(balance, wallet.Balance);
    }

    [Fact]
    public void Nothing_is_spent_on_an_order_that_has_ended()
    {
        var wallet = new Wallet(simulator);
        wallet.Credit(7);
        wallet.Order("o1", 20, "CANCELLED");

        Assert.Equal("order_ended", wallet.Spend(7, "o1").Problem!.Code);
        Assert.Equal(7, wallet.Balance);
    }

    [Fact]
    public void The_order_of_another_member_gives_back_as_well()
    {
        var wallet = new Wallet(simulator);
        wallet.Credit(7);
        wallet.Spend(4, "o1");

        new Wallet(simulator, "bob").Order("o1", 20, "CANCELLED");

        Assert.Equal(7, wallet.Balance);
    }

    [Theory]
    [InlineData(12.5)]
    [InlineData(-4)]
    public void A_wallet_of_before_is_one_lot_without_end(double before)
    {
        var balance = (decimal)before;
        simulator.Store(Given.Account() with { Counters = new Dictionary<string, decimal> { ["wallet"] = balance } });
        simulator.Collection<LedgerEntry>(LedgerStore.Name).InsertOne(new LedgerEntry
        {
            Id = "old",
            Tenant = PassSimulator.Tenant,
            Incarnation = Given.Account().Incarnation,
            Amount = balance,
            At = Given.Noon,
        }, cancellationToken: TestContext.Current.CancellationToken);
        var wallet = new Wallet(simulator);

        wallet.Credit(10, "P1D");

        Assert.Equal(balance + 10, wallet.Balance);
        Assert.Equal(balance + 10, wallet.Movements.Sum(movement => movement.Amount));
        Assert.Equal(balance > 0 ? [10, balance] : [10 + balance], wallet.Lots.Select(lot => lot.Left));
        Assert.Equal(OutcomeStatus.Rejected, wallet.Spend(balance + 10.01m).Status);
        Assert.Equal(OutcomeStatus.Applied, wallet.Spend(balance + 10).Status);
    }

    [Fact]
    public void A_wallet_stays_small_and_its_member_loses_nothing()
    {
        var account = Given.Account();
        for (var day = 1; day <= WalletBook.MostLots + 5; day++)
            account = account.Credited(new WalletLot { Id = $"{day}", Amount = 2, Left = 2, At = Given.Noon, Ends = Given.Noon.AddDays(day) });

        Assert.Equal((WalletBook.MostLots, 2m * (WalletBook.MostLots + 5)), (account.Lots.Count, account.Counter("wallet")));
        Assert.Equal(Given.Noon.AddDays(6), account.WalletDue);
    }

    [Fact]
    public async Task Movements_that_were_kept_elsewhere_are_taken_over()
    {
        simulator.Collection<BsonDocument>("campaigns.ledger").InsertMany(
            Enumerable.Range(0, 3).Select(number => new BsonDocument { ["_id"] = $"m{number}", ["tenant"] = "demo", ["incarnation"] = "life", ["amount"] = new Decimal128(number), ["at"] = Given.Noon.UtcDateTime }), cancellationToken: TestContext.Current.CancellationToken);
        var store = new LedgerStore(simulator.Database);

        await store.PrepareAsync(TestContext.Current.CancellationToken);
        await store.PrepareAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, (await store.PageAsync("life", null, 10, TestContext.Current.CancellationToken)).Sum(entry => entry.Amount));
        Assert.Empty(simulator.All<BsonDocument>("campaigns.ledger"));
    }

    [Fact]
    public void An_erased_account_leaves_nothing_that_leads_to_its_wallet()
    {
        var wallet = new Wallet(simulator);
        wallet.Credit(7);
        wallet.Spend(4, "o1");

        simulator.Decide(new DeletedEvent { Account = "alice" });
        simulator.Wait(TimeSpan.FromDays(2));
        Wallet.FallDue(simulator);

        Assert.Equal("", Assert.Single(simulator.All<OrderDebit>(OrderDebit.Collection)).Owner);
        Assert.Equal(OutcomeStatus.Applied, new Wallet(simulator, "bob").Order("o1", 20, "CANCELLED").Status);
    }
}
