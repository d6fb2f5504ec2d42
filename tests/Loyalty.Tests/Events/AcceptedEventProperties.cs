using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events;
using Loyalty.Events.Contracts;
using Loyalty.Tests.Campaigns;
using Loyalty.Time;
using Loyalty.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Driver;

namespace Loyalty.Tests.Events;

/// <summary>Whatever the door lets in can be decided, stored and read back.</summary>
public sealed class AcceptedEventProperties
{
    private static readonly Caller Till = new(PassSimulator.Tenant, "till", false, new HashSet<string> { Roles.Su });
    private static readonly string[] Zones =
        ["Europe/Warsaw", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"];

    /// <summary>Members whom later events can be about.</summary>
    private static readonly string[] Known =
        ["""{"event":"CARD","account":"alice","card":"bob"}""", """{"event":"LOGIN","account":"carol"}"""];

    [Property(MaxTest = 400, Arbitrary = [typeof(OddEvents)])]
    public async Task Any_event_that_is_accepted_is_decided_stored_and_read_back(string[] batch, byte zone)
    {
        var (outcomes, _) = await DecideAsync(batch, Zones[zone % Zones.Length]);

        Assert.All(outcomes, outcome => Assert.Contains(outcome.Status, new[] { OutcomeStatus.Applied, OutcomeStatus.Rejected }));
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Status == OutcomeStatus.Rejected, outcome.Problem is not null));
    }

    [Fact]
    public async Task The_property_is_about_events_of_every_kind()
    {
        foreach (var kind in LoyaltyEvent.Kinds.Keys)
        {
            var (outcomes, rejected) = await DecideAsync([.. Known, .. OddEvents.OfKind(kind).Sample(60)], Zones[0]);

            Assert.Contains(outcomes.Skip(Known.Length), outcome => outcome.Status == OutcomeStatus.Applied);
            Assert.NotEmpty(rejected);
            Assert.All(rejected, problem => Assert.True(problem.Errors is { Count: >= 1 and <= 8 }, problem.Detail));
        }
    }

    private static async Task<(IReadOnlyList<EventOutcome> Outcomes, IReadOnlyList<EntryProblem> Rejected)> DecideAsync(string[] batch, string zone)
    {
        var simulator = new PassSimulator(Story.Campaigns) { Zone = Zone.Of(zone) };
        var tenants = new Tenants(simulator.Database, new FakeTimeProvider(PassSimulator.Start));
        await tenants.TryCreateAsync(new Tenant(PassSimulator.Tenant, "Demo", zone, "PLN", false, false), default);
        var reader = new EventReader(new ServiceCollection().AddSingleton(TimeProvider.System).AddValidators(typeof(EventsModule).Assembly).BuildServiceProvider(), tenants, NullLogger<EventReader>.Instance);
        var items = JsonInput.Items(Encoding.UTF8.GetBytes($"[{string.Join(',', batch)}]"), 500, out _)!;
        var (outcomes, rejected) = (new List<EventOutcome>(), new List<EntryProblem>());
        foreach (var item in items)
        {
            var read = await reader.ReadAsync(item, Till, EntryId.OfRequest("own", outcomes.Count + rejected.Count), simulator.Now, default);
            if (read.Entry is not { } entry)
            {
                rejected.Add(read.Problem!);
                continue;
            }
            outcomes.Add(simulator.Decide(simulator.Entry(entry)));
            simulator.DecideFollowUps();
        }
        await ReadBackAsync(simulator);
        return (outcomes, rejected);
    }

    /// <summary>As the store keeps them, as lists find them, as the API and exports show them.</summary>
    private static async Task ReadBackAsync(PassSimulator simulator)
    {
        var collection = simulator.Collection<Account>(AccountStore.Name);
        using var csv = new CsvRows<AccountAnswer>(new ArrayBufferWriter<byte>(), AccountColumns.All, JsonSettings.Options, new CsvForm(',', false));
        foreach (var account in simulator.Accounts)
        {
            foreach (var q in SearchKeys.Of(account))
            {
                var query = AccountQuery.Of(new Tenant(PassSimulator.Tenant, "Demo"), new AccountFilter { Q = q }, simulator.Now);
                Assert.Contains(account.Id, (await collection.Find(query.Filter).ToListAsync()).Select(found => found.Id));
            }
            var answer = AccountAnswer.Of(account, LoyaltySettings.DefaultFor(PassSimulator.Tenant));
            Assert.Equal(account.Header.FirstName, JsonSerializer.SerializeToElement(answer, JsonSettings.Options).GetProperty("header").TryGetProperty("firstName", out var name) ? name.GetString() : null);
            csv.Write(answer);
        }
        Assert.All(simulator.Facts.Select(fact => fact.Id), Assert.NotEmpty);
        Assert.NotNull(simulator.Everything());
    }
}
