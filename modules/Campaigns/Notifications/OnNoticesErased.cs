using Loyalty.Accounts.Contracts;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>An account is erased: what was still to be sent to it is not, and what is kept of the rest names nobody.</summary>
internal sealed class OnNoticesErased : INotificationHandler<AccountErased>
{
    public Task Handle(AccountErased notification, CancellationToken cancellationToken)
    {
        var (pass, account, receipt) = notification;
        var notices = pass.Documents<Notice>();
        var theirs = notices.Of(account.Key).Where(notice => notice.Owner.Length > 0).ToArray();
        foreach (var notice in theirs)
            notices.Put(notice.Erased(notification.ExpireAt));
        receipt["notices"] = theirs.Length;
        return Task.CompletedTask;
    }
}
