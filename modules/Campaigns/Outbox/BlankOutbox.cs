using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using MediatR;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>An account is erased: what has not been delivered is not sent any more, and what was loses all that is personal.</summary>
internal sealed class BlankOutbox : INotificationHandler<AccountErased>
{
    public Task Handle(AccountErased notification, CancellationToken cancellationToken)
    {
        var (pass, account, _) = notification;
        Of(pass, account.Incarnation);
        // Note: what this very pass adds for the account may be written after the updates; the next pass sees it.
        if (pass.Additions<OutboxItem>().All.Any(item => item.Incarnation == account.Incarnation))
            pass.Append(NewEntry.Internal(
                account.Tenant, $"blank:{account.Incarnation}", OutboxEntries.Blank, null, pass.Entry.AcceptedAt, new OutboxEntries.BlankBody(account.Incarnation)));
        return Task.CompletedTask;
    }

    /// <summary>Note: by the random name of this life of the account, so that a later account of the same id keeps its own.</summary>
    public static void Of(Pass pass, string incarnation)
    {
        var update = Builders<OutboxItem>.Update;
        pass.UpdateAll(OutboxStore.Name, Builders<OutboxItem>.Filter.Where(item => item.Incarnation == incarnation && item.Status == OutboxStatus.Pending), update
            .Set(item => item.Status, OutboxStatus.Withdrawn).Set(item => item.Why, "The account was erased.")
            .Set(item => item.ExpireAt, pass.Entry.AcceptedAt + AccountErased.TombstonesStay).Unset(item => item.NextAt).Unset(item => item.Holder));
        pass.UpdateAll(OutboxStore.Name, Builders<OutboxItem>.Filter.Where(item => item.Incarnation == incarnation), update
            .Set(item => item.Account, "").Set(item => item.Body, "").Unset(item => item.Coupon));
    }
}
