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
        else
            foreach (var changed in Change(pass, entry))
                await mediator.Publish(changed, cancellationToken);
    }

    private static IReadOnlyList<AccountChanged> Change(Pass pass, Entry entry)
    {
        if (entry.Kind == SetMyProfile.Kind)
            return [SetMyProfile.Apply(pass, entry)];
        if (!LoyaltyEvent.Kinds.TryGetValue(entry.Kind, out var kind))
            return [];
        var happened = (LoyaltyEvent)entry.Read(kind);
        return happened is OrderEvent order ? TakeOrder.Apply(pass, entry, order) : Apply(pass, entry, happened);
    }

    private static AccountChanged[] Apply(Pass pass, Entry entry, LoyaltyEvent happened)
    {
        var id = Members.Resolve(pass, entry, entry.Card);
        pass.Concerns(id);
        var account = Members.Open(pass, entry.Tenant, id, entry.At, entry.Account is null ? entry.Card : null);
        account = Change(pass, account, happened, known => AccountEffects.Apply(known, happened, entry.At));
        if (happened is CardEvent)
            account = Members.BindCard(pass, account, entry.Card!);
        if (RelationOf(pass, entry.Tenant, happened) is not { } relation)
            return [new AccountChanged(pass, account, null)];
        if (relation.Other == id)
            throw new EntryRejectedException(EventProblem.OfField(relation.Field, "An account cannot be related to itself."));
        account = Change(pass, account, happened, known => AccountEffects.Relate(known, relation.Other, relation.Type, entry.At));
        return [new AccountChanged(pass, account, null), .. relation.OneSided ? [] : Mirror(pass, account, happened, relation)];
    }

    /// <summary>Note: an account that comes into being as the other side of a relation is news as well.</summary>
    private static AccountChanged[] Mirror(Pass pass, Account account, LoyaltyEvent happened, NewRelation relation)
    {
        var isNew = pass.Account(account.Tenant, relation.Other) is null;
        var other = Members.Open(pass, account.Tenant, relation.Other, pass.Entry.At);
        other = Change(pass, other, happened, known => AccountEffects.Relate(known, account.Id, AccountEffects.Mirror(relation.Type), pass.Entry.At));
        return isNew ? [new AccountChanged(pass, other, null)] : [];
    }

    private static Account Change(Pass pass, Account account, LoyaltyEvent happened, Func<Account, Account> change)
    {
        var changed = pass.Change(account, change);
        return AccountLimits.Fault(account, changed, happened) is { } fault ? throw new EntryRejectedException(fault) : changed;
    }

    private static NewRelation? RelationOf(Pass pass, string tenant, LoyaltyEvent happened) => happened switch
    {
        RelationEvent relation => new("id", relation.Id, relation.Type, relation.DoNotProcessSymmetry),
        ProfileEvent { InvitedBy: { Length: > 0 } code } => pass.Documents<Claim>().Find(Claim.Mgm(tenant, code))?.Account is { } inviter
            ? new("invitedBy", inviter, RelationType.InvitedBy, false)
            : throw new EntryRejectedException(EventProblem.OfField("invitedBy", $"No account has the member-get-member code {code}.")),
        _ => null,
    };

    /// <param name="Field">What in the event names the other account.</param>
    private sealed record NewRelation(string Field, string Other, RelationType Type, bool OneSided);
}
