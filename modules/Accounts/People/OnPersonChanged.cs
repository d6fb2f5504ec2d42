using System.Text.Json.Serialization;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Web;
using MediatR;

namespace Loyalty.Accounts;

/// <summary>A member has changed their own data as a person: the header of the account follows.</summary>
internal sealed class OnPersonChanged(IInbox inbox) : INotificationHandler<PersonChanged>
{
    public Task Handle(PersonChanged person, CancellationToken cancellationToken)
    {
        var body = new FollowPerson.Body
        {
            FirstName = person.FirstName,
            LastName = person.LastName,
            Phone = person.Phone,
            Email = person.Email,
            PushId = person.PushId,
        };
        var sender = new Sender(person.PersonId, IsPerson: true) { TokenIssuedAt = person.TokenIssuedAt };
        return inbox.PostAsync([NewEntry.Once(person.Tenant, body, person.At, person.PersonId) with { Sender = sender }], cancellationToken);
    }
}

/// <summary>Sets in the header what a person has changed. An absent field is left as it is, null clears it.</summary>
internal sealed class FollowPerson : EntryHandler<FollowPerson.Body>
{
    [EntryKind("account.person-changed")]
    internal sealed record Body
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public Optional<string?> FirstName { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public Optional<string?> LastName { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public Optional<string?> Phone { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public Optional<string?> Email { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public Optional<string?> PushId { get; init; }
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
        account = Seen.At(account, at);
        account = HeaderFields.SetIfGiven(account, "firstName", body.FirstName, at, (header, value) => header with { FirstName = value });
        account = HeaderFields.SetIfGiven(account, "lastName", body.LastName, at, (header, value) => header with { LastName = value });
        account = HeaderFields.SetIfGiven(account, "phone", body.Phone, at, (header, value) => header with { Phone = value });
        account = HeaderFields.SetIfGiven(account, "email", body.Email, at, (header, value) => header with { Email = value });
        return HeaderFields.SetIfGiven(account, "pushId", body.PushId, at, (header, value) => header with { PushId = value });
    }
}
