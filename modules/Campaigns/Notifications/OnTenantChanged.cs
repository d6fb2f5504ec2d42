using Loyalty.Auth;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>A tenant may have another time zone: what is scheduled by the hour moves with it.</summary>
internal sealed class OnTenantChanged(IInbox inbox) : INotificationHandler<TenantChanged>
{
    public Task Handle(TenantChanged changed, CancellationToken cancellationToken) =>
        inbox.AppendAsync([NewEntry.Once(changed.Tenant, new ReviewTenantNotices.Body(), changed.At)], cancellationToken);
}
