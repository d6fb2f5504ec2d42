using Loyalty.Auth;

namespace Loyalty.Accounts;

/// <summary>An account was erased: the member's sign-in and sessions go with it. Who has a role is staff, and stays.</summary>
internal sealed class ForgetPerson(ErasePerson erase) : EntryHandler<ForgetPerson.Body, ForgottenPerson>
{
    [EntryKind("account.forget-person")]
    internal sealed record Body(string Person);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    /// <summary>Note: done while the entry is being prepared, as it is harmless to repeat and the entry is tried again until it was done.</summary>
    protected override async Task<ForgottenPerson> ReadAsync(Pass pass, Entry entry, Body body, CancellationToken cancellationToken)
    {
        await erase.RunForMemberAsync(entry.Tenant, body.Person, cancellationToken);
        return new ForgottenPerson();
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, ForgottenPerson prepared) => Task.CompletedTask;
}

internal sealed record ForgottenPerson;
