using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events;
using Loyalty.Events.Contracts;
using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Outbox;
using Loyalty.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Campaigns;

/// <summary>Campaigns, the walks of members through them, and what they give and send.</summary>
[DependsOn(typeof(EventsModule), typeof(AccountsModule), typeof(OutboxModule))]
public sealed class CampaignsModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        var services = context.Services;
        FieldLists.Make(typeof(CampaignsModule).Assembly);
        services.AddSingleton<CampaignStore>();
        services.AddSingleton<ICampaignCatalogue>(provider => provider.GetRequiredService<CampaignStore>());
        services.AddSingleton<MembershipStore>().AddSingleton<CouponStore>().AddSingleton<CouponLockStore>().AddSingleton<NoticeStore>().AddSingleton<VersionStore>();
        services.AddSingleton<CouponVerifier>().AddSingleton<CampaignCommands>().AddSingleton<JoinIndexes>();
        services.AddSingleton<IOutboxChannel, PushChannel>().AddSingleton<IOutboxChannel, WalletChannel>().AddSingleton<IOutboxChannel, PasswordChannel>();
        services.AddSingleton<IMemberPart, MemberCoupons>().AddSingleton<IMemberPart, MemberCampaigns>();
        services.AddTenantSettings<CampaignSettings>();
        AddPassDocuments(services);
        services.AddEntryHandlers(typeof(CampaignsModule).Assembly);
        services.AddNotificationHandlers(typeof(CampaignsModule).Assembly);
        services.AddValidators(typeof(CampaignsModule).Assembly);
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapCampaigns();
        routes.MapDeliveries();
    }

    public override async Task OnStartAsync(IServiceProvider services, CancellationToken stopping)
    {
        await services.GetRequiredService<CampaignStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<VersionStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<MembershipStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<CouponStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<CouponLockStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<NoticeStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<TenantSettings<CampaignSettings>>().SealAllAsync(stopping);
    }

    private static void AddPassDocuments(IServiceCollection services)
    {
        services.AddPassDocuments(new PassCollection<Campaign>(CampaignStore.Name) { IsShared = true, Remembered = 10_000, Groups = [Campaign.Started] });
        services.AddPassDocuments(new PassCollection<Membership>(MembershipStore.Name) { Groups = [Membership.OfOwner] });
        services.AddPassDocuments(new PassCollection<Coupon>(CouponStore.Name) { Groups = [Coupon.OpenOfOwner, Coupon.AllOfOwner, Coupon.OfOrder] });
        services.AddPassDocuments(new PassCollection<Notice>(NoticeStore.Name) { Groups = [Notice.OfOwner] });
        services.AddPassDocuments(new PassCollection<PushClick>(PushClick.Collection));
        services.AddPassAdditions<CampaignVersion>(CampaignVersion.Collection);
        services.ForEveryEntry((needs, entry) => needs.Group(Campaign.Started, entry.Tenant));
        // Whoever needs an account to decide about it needs its memberships and coupons, too.
        services.WhenNeeded<Account>((needs, account) =>
        {
            needs.Group(Membership.OfOwner, account);
            needs.Group(Coupon.OpenOfOwner, account);
            foreach (var walk in needs.Of(Membership.OfOwner, account).Where(walk => walk.ExpireAt is null).ToArray())
                needs.Campaign(walk.Tenant, walk.Campaign);
        });
        services.WhenErasing((needs, account) =>
        {
            needs.Group(Coupon.AllOfOwner, account);
            needs.Group(Notice.OfOwner, account);
        });
        services.WhenEntry<OrderEvent>((needs, entry, happened) =>
        {
            needs.Group(Coupon.OfOrder, Key.Of(entry.Tenant, happened.Order.Id));
            needs.Documents<Coupon>((happened.Order.Coupons ?? []).Select(coupon => Key.Of(entry.Tenant, coupon.Coupon)));
        });
        services.AddSingleton<IAfterEntry, FollowingNotices>();
        services.AddSingleton<IDueSource, CampaignLooks>();
        services.AddDueSource<Campaign>(CampaignActivity.Source, CampaignStore.Name, campaign => campaign.DueAt, CampaignActivity.ItemOf);
        services.AddDueSource<Coupon>(ExpireCoupon.Source, CouponStore.Name, coupon => coupon.DueAt, ExpireCoupon.ItemOf);
        services.AddDueSource<Notice>(SendNotice.Source, NoticeStore.Name, notice => notice.DueAt, SendNotice.ItemOf);
    }
}
