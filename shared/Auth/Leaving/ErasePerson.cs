namespace Loyalty.Auth;

/// <summary>Removes all that is kept here about somebody: the person, every session and token, and the addresses they signed in from.</summary>
public sealed class ErasePerson
{
    private readonly People people;
    private readonly SignIns signIns;
    private readonly Attempts attempts;
    private readonly PasswordLinks links;

    internal ErasePerson(People people, SignIns signIns, Attempts attempts, PasswordLinks links) =>
        (this.people, this.signIns, this.attempts, this.links) = (people, signIns, attempts, links);

    /// <summary>As <see cref="RunAsync"/>, for a member. Who has a role is staff, and stays: what erases an account takes no rights away.</summary>
    public async Task RunForMemberAsync(string tenant, string personId, CancellationToken cancellation)
    {
        if (await people.FindAsync(tenant, personId, cancellation) is not { IsMember: false })
            await RunAsync(tenant, personId, cancellation);
    }

    /// <summary>Harmless to repeat. From then on every token of theirs is refused, on every host.</summary>
    /// <returns>What was removed and how much of it, for a receipt.</returns>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync(string tenant, string personId, CancellationToken cancellation)
    {
        var person = await people.FindAsync(tenant, personId, cancellation);
        if (person is not null)
        {
            await attempts.EraseLoginAsync(person.Key, cancellation);
            await links.EndAllOfAsync(person.Id, cancellation);
        }
        var removed = await people.DeleteAsync(tenant, personId, cancellation);
        var ended = await signIns.EraseAsync(personId, cancellation);
        return new Dictionary<string, long> { ["person"] = removed ? 1 : 0, ["signIns"] = ended };
    }
}
