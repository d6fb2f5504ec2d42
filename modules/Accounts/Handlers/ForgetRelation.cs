using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>An account was erased: one that was related to it loses its id. It never makes an account.</summary>
internal sealed class ForgetRelation : EntryHandler<ForgetRelation.Body>
{
    /// <param name="Other">The account that was erased.</param>
    [EntryKind("account.unrelate")]
    internal sealed record Body(string Other);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Account(entry.Tenant, entry.Subject!);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        pass.Concerns(entry.Subject!);
        pass.AlsoConcerns(body.Other);
        if (pass.Account(entry.Tenant, entry.Subject!) is { } account)
            pass.Change(account, known => known with { Relations = [.. known.Relations.Where(relation => relation.Id != body.Other)] });
        return Task.CompletedTask;
    }
}
