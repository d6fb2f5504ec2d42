using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using MediatR;

namespace Loyalty.Accounts;

/// <summary>A member who signs in has an account from then on, with what was given at registration on it.</summary>
internal sealed class OnPersonSignedIn(IInbox inbox) : INotificationHandler<PersonSignedIn>
{
    public Task Handle(PersonSignedIn person, CancellationToken cancellationToken)
    {
        var body = new RecordSignIn.Body(person.RegisteredAt)
        {
            FirstName = person.FirstName,
            LastName = person.LastName,
            Phone = person.Phone,
            Email = person.Email,
            PushId = person.PushId,
        };
        // Note: the password was checked at this very moment, so nothing that was erased before can be meant.
        var sender = new Sender(person.PersonId, IsPerson: true) { TokenIssuedAt = person.At };
        return inbox.AppendAsync([NewEntry.Once(person.Tenant, body, person.At, person.PersonId) with { Sender = sender }], cancellationToken);
    }
}

/// <summary>A member has signed in. What they gave at registration fills the header as far as nothing newer was said.</summary>
internal sealed class RecordSignIn : EntryHandler<RecordSignIn.Body>
{
    /// <param name="RegisteredAt">When the rest was said.</param>
    [EntryKind("account.signed-in")]
    internal sealed record Body(DateTimeOffset RegisteredAt)
    {
        public string? FirstName { get; init; }

        public string? LastName { get; init; }

        public string? Phone { get; init; }

        public string? Email { get; init; }

        public string? PushId { get; init; }
    }

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Account(entry.Tenant, entry.Subject!);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        pass.Concerns(entry.Subject!);
        var account = pass.Change(Members.Open(pass, entry.Tenant, entry.Subject!, entry.At), known => Apply(known, body, entry.At));
        return pass.PublishAsync(new AccountChanged(pass, account, null));
    }

    /// <summary>Pure.</summary>
    public static Account Apply(Account account, Body body, DateTimeOffset at)
    {
        var since = body.RegisteredAt;
        account = Seen.At(account, at);
        account = account with { Header = account.Header with { LastLogged = Seen.Later(account.Header.LastLogged, at) } };
        account = HeaderFields.SetIfGiven(account, "firstName", body.FirstName, since, (header, value) => header with { FirstName = value });
        account = HeaderFields.SetIfGiven(account, "lastName", body.LastName, since, (header, value) => header with { LastName = value });
        account = HeaderFields.SetIfGiven(account, "phone", body.Phone, since, (header, value) => header with { Phone = value });
        account = HeaderFields.SetIfGiven(account, "email", body.Email, since, (header, value) => header with { Email = value });
        return HeaderFields.SetIfGiven(account, "pushId", body.PushId, since, (header, value) => header with { PushId = value });
    }
}
