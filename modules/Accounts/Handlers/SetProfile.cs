using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>PROFILE sets what is known of the person, and relates the account to whoever invited it.</summary>
internal sealed class SetProfile(AccountStore accounts) : AccountEventHandler<ProfileEvent>
{
    protected override void Needs(Needs needs, Entry entry, ProfileEvent body)
    {
        base.Needs(needs, entry, body);
        if (body.InvitedBy is { Length: > 0 } code)
            needs.Document<Claim>(Claim.Mgm(entry.Tenant, code));
    }

    protected override Task<Inviters> ReadAsync(Pass pass, Entry entry, ProfileEvent body, CancellationToken cancellationToken) =>
        body.InvitedBy is { Length: > 0 } code && pass.Find<Claim>(Claim.Mgm(entry.Tenant, code))?.Account is { } inviter
            ? accounts.InvitersAsync(entry.Tenant, inviter, cancellationToken)
            : Task.FromResult(Inviters.None);

    protected override Account Apply(Account account, ProfileEvent happened, DateTimeOffset at)
    {
        account = HeaderFields.SetIfGiven(account, "phone", happened.Phone, at, (header, value) => header with { Phone = value });
        account = HeaderFields.SetIfGiven(account, "email", happened.Email, at, (header, value) => header with { Email = value });
        account = HeaderFields.SetIfGiven(account, "pushId", happened.PushId, at, (header, value) => header with { PushId = value });
        account = HeaderFields.SetIfGiven(account, "firstName", happened.FirstName, at, (header, value) => header with { FirstName = value });
        account = HeaderFields.SetIfGiven(account, "lastName", happened.LastName, at, (header, value) => header with { LastName = value });
        account = HeaderFields.SetIfGiven(account, "birthdate", happened.Birthdate, at, (header, value) => header with { Birthdate = value });
        return HeaderFields.SetIfGiven(account, "sex", happened.Sex, at, (header, value) => header with { Sex = value });
    }

    protected override Task AppliedAsync(Pass pass, Account account, ProfileEvent happened, Inviters inviters)
    {
        if (happened.InvitedBy is not { Length: > 0 } code)
            return base.AppliedAsync(pass, account, happened, inviters);
        var inviter = pass.Find<Claim>(Claim.Mgm(account.Tenant, code))?.Account
            ?? throw new EntryRejectedException(EntryProblem.OfField("invitedBy", $"No account has the member-get-member code {code}."));
        return Relations.RelateAsync(pass, account, happened, "invitedBy", (inviter, RelationType.InvitedBy), inviters, oneSided: false);
    }
}
