using Loyalty.Accounts.Contracts;
using Loyalty.Events;
using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Accounts;

/// <summary>The members: what is known of them and what their events do to them.</summary>
[DependsOn(typeof(EventsModule))]
public sealed class AccountsModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        var services = context.Services;
        FieldLists.Make(typeof(AccountsModule).Assembly);
        services.AddSingleton<AccountStore>();
        services.AddSingleton<IAccountSearch>(provider => provider.GetRequiredService<AccountStore>());
        services.AddSingleton<IMemberLookUp, MemberLookUp>().AddSingleton<ExportMember>();
        services.AddSingleton<AccountLists>().AddSingleton<AccountRequests>();
        services.AddSingleton<ClaimStore>().AddSingleton<ConsentStore>().AddSingleton<OrderStore>().AddSingleton<LedgerStore>();
        services.AddTenantSettings<LoyaltySettings>();
        services.AddSingleton<AccountAnswers>().AddSingleton<MyAccount>().AddSingleton<TakeOrderWebhook>();
        services.AddSingleton<SegmentStore>().AddSingleton<ISegments, SetSegments>();
        AddPassDocuments(services);
        services.AddEntryHandlers(typeof(AccountsModule).Assembly);
        services.AddNotificationHandlers(typeof(AccountsModule).Assembly);
        services.AddValidators(typeof(AccountsModule).Assembly);
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapAccounts();

    public override async Task OnStartAsync(IServiceProvider services, CancellationToken stopping)
    {
        await services.GetRequiredService<AccountStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<ClaimStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<ClaimStore>().TakeOverFormerAsync(stopping);
        await services.GetRequiredService<ConsentStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<OrderStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<LedgerStore>().PrepareAsync(stopping);
        await services.GetRequiredService<TenantSettings<LoyaltySettings>>().SealAllAsync(stopping);
    }

    private static void AddPassDocuments(IServiceCollection services)
    {
        services.AddPassDocuments(new PassCollection<Account>(AccountStore.Name) { KeepsOrder = true });
        services.AddPassDocuments(new PassCollection<Claim>(ClaimStore.Name) { KeepsOrder = true, Groups = [Claim.OfOwner] });
        services.AddPassDocuments(new PassCollection<OrderRecord>(OrderStore.Name) { KeepsOrder = true, Groups = [OrderRecord.OfOwner] });
        services.AddPassDocuments(new PassCollection<TenantSegments>(SegmentStore.Name) { IsShared = true, Remembered = 10_000 });
        services.AddPassAdditions<ConsentWord>(ConsentStore.Name);
        services.AddSingleton<IPassValues<TenantZone>, TenantZones>();
        services.ForEveryEntry((needs, entry) =>
        {
            needs.Value<TenantZone>(entry.Tenant);
            needs.Document<TenantSegments>(entry.Tenant);
        });
        services.WhenNeeded<Claim>((needs, id) =>
        {
            if (needs.Find<Claim>(id)?.Account is { } holder)
                needs.Account(Key.TenantOf(id), holder);
        });
        services.WhenNeeded<OrderRecord>((needs, id) =>
        {
            if (needs.Find<OrderRecord>(id) is { Owner: { Length: > 0 } owner })
                needs.Document<Account>(owner);
        });
        // Note: an account that is not there may come into being, and takes a member-get-member code then.
        services.WhenNeeded<Account>((needs, key) =>
        {
            if (needs.Find<Account>(key) is not { IsErased: false })
                MgmCode.NeededFor(needs, Key.TenantOf(key), key[(Key.TenantOf(key).Length + 1)..]);
        });
        services.AddPassDocuments(new PassCollection<OrderDebit>(OrderDebit.Collection) { Groups = [OrderDebit.OfOrder, OrderDebit.OfOwner] });
        services.AddPassDocuments(new PassCollection<RateCredit>(RateCredit.Collection) { Groups = [RateCredit.OfOrder, RateCredit.OfOwner] });
        services.AddPassAdditions<LedgerEntry>(LedgerStore.Name);
        services.WhenNeeded<OrderRecord>(FollowOrders.Needs);
        services.WhenErasing((needs, account) =>
        {
            needs.Group(OrderDebit.OfOwner, account);
            needs.Group(RateCredit.OfOwner, account);
        });
        // Note: before segments are kept, because what comes back or is taken back changes the account.
        services.AddSingleton<IAfterEntry, FollowOrders>();
        services.AddSingleton<IAfterEntry, RefuseOldTokens>().AddSingleton<IAfterEntry, KeepConsents>().AddSingleton<IAfterEntry, KeepPhones>()
            .AddSingleton<IAfterEntry, KeepInvited>().AddSingleton<IAfterEntry, KeepSegments>();
        services.AddDueSource<Account>(LapseWallet.Source, AccountStore.Name, account => account.WalletDue, LapseWallet.ItemOf);
        services.AddDueSource<OrderDebit>(ReturnDebit.Source, OrderDebit.Collection, debit => debit.DueAt, ReturnDebit.ItemOf);
        services.AddDueSource<TenantSegments>(RunSegmentsDaily.Source, SegmentStore.Name, segments => segments.NextRun, RunSegmentsDaily.ItemOf);
    }
}
