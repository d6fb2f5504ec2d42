using Loyalty.Accounts.Contracts;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>An order is worth something else: walks that it is leading to a credit by a rate know that. Credits given already follow by themselves.</summary>
internal sealed class OnOrderWorthChanged : INotificationHandler<OrderWorthChanged>
{
    public Task Handle(OrderWorthChanged notification, CancellationToken cancellationToken)
    {
        var (pass, account, order, worth) = notification;
        foreach (var walk in MemberWalks.Memberships(pass, account.Key).Where(walk => walk.IsOpen && walk.Shares.Any(share => share.Order == order)))
            pass.Put(walk with { Shares = [.. walk.Shares.Select(share => share.Order == order ? share with { Worth = worth } : share)] });
        return Task.CompletedTask;
    }
}
