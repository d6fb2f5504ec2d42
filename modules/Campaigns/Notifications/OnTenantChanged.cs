using Loyalty.Auth;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>A tenant may have another time zone: what is scheduled by the hour moves with it.</summary>
internal sealed class OnTenantChanged(IInbox inbox) : INotificationHandler<TenantChanged>
{
    public Task Handle(TenantChanged changed, CancellationToken cancellationToken) =>
        inbox.AppendAsync([ReviewNotices.Of(changed.Tenant, $"{Guid.NewGuid():N}", null, null, changed.At)], cancellationToken);
}
