using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Accounts;

/// <summary>Applies an event to its account, and says so.</summary>
internal sealed class OnEventHappened(IMediator mediator) : INotificationHandler<EventHappened>
{
    public async Task Handle(EventHappened notification, CancellationToken cancellationToken)
    {
        var (pass, entry) = notification;
        if (entry.Kind == "DELETED")
            await EraseAccount.ApplyAsync(pass, entry, mediator, cancellationToken);
        else if (entry.Kind == EraseAccount.Unrelate)
            EraseAccount.Forget(pass, entry);
        else if (Change(pass, entry) is { } changed)
            await mediator.Publish(changed, cancellationToken);
    }

    private static AccountChanged? Change(Pass pass, Entry entry)
    {
        if (entry.Kind == SetMyProfile.Kind)
            return SetMyProfile.Apply(pass, entry);
        if (!LoyaltyEvent.Kinds.TryGetValue(entry.Kind, out var kind))
            return null;
        var happened = (LoyaltyEvent)entry.Read(kind);
        return happened is OrderEvent order ? TakeOrder.Apply(pass, entry, order) : Apply(pass, entry, happened);
    }

    private static AccountChanged Apply(Pass pass, Entry entry, LoyaltyEvent happened)
    {
        var id = Members.Resolve(pass, entry, entry.Card);
        pass.Concerns(id);
        var account = Members.Open(pass, entry.Tenant, id, entry.At, entry.Account is null ? entry.Card : null);
        account = pass.Change(account, known => AccountEffects.Apply(known, happened, entry.At));
        account = happened switch
        {
            CardEvent => Members.BindCard(pass, account, entry.Card!),
            RelationEvent relation => Relate(pass, account, relation.Id, relation.Type, entry.At, relation.DoNotProcessSymmetry),
            ProfileEvent { InvitedBy: { Length: > 0 } code } => Invite(pass, account, code, entry.At),
            _ => account,
        };
        return new AccountChanged(pass, account, null);
    }

    private static Account Invite(Pass pass, Account account, string code, DateTimeOffset at)
    {
        if (pass.Documents<Claim>().Find(Claim.Mgm(account.Tenant, code))?.Account is not { } inviter)
            throw new EntryRejectedException(EventProblem.OfField("invitedBy", $"No account has the member-get-member code {code}."));
        if (inviter == account.Id)
            throw new EntryRejectedException(EventProblem.OfField("invitedBy", "An account cannot invite itself."));
        return Relate(pass, account, inviter, RelationType.InvitedBy, at, false);
    }

    private static Account Relate(Pass pass, Account account, string other, RelationType type, DateTimeOffset at, bool oneSided)
    {
        if (other == account.Id)
            throw new EntryRejectedException(EventProblem.OfField("id", "An account cannot be related to itself."));
        if (!oneSided)
            pass.Change(Members.Open(pass, account.Tenant, other, at), mirror => AccountEffects.Relate(mirror, account.Id, AccountEffects.Mirror(type), at));
        return pass.Change(account, changed => AccountEffects.Relate(changed, other, type, at));
    }
}
