using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>
/// What a member has agreed to is what was said last: of each consent the newer word stands, whenever it arrives, and of two words of the
/// same moment the withdrawal. A word cannot be newer than its acceptance. Pure.
/// </summary>
internal static class ConsentLaw
{
    public static Account Say(Account account, IReadOnlyDictionary<string, string> words, DateTimeOffset at, DateTimeOffset acceptedAt)
    {
        var said = Said.Moment(at, acceptedAt);
        return words.Where(word => Stands(account, word.Key, word.Value, said)).ToArray().Aggregate(account, (known, word) => known with
        {
            Consents = known.Consents.With(word.Key, word.Value),
            ConsentsSaid = known.ConsentsSaid.With(word.Key, said),
        });
    }

    private static bool Stands(Account account, string consent, string value, DateTimeOffset said)
    {
        if (!account.ConsentsSaid.TryGetValue(consent, out var known) || known < said)
            return true;
        return known == said && account.Consents.GetValueOrDefault(consent) is { } other && IsStronger(value, other);
    }

    /// <summary>Note: between two that both give or both withdraw anything will do that does not depend on which came first.</summary>
    private static bool IsStronger(string value, string other)
    {
        var (gives, gave) = (GivenConsents.IsYes(value), GivenConsents.IsYes(other));
        return gives == gave ? string.CompareOrdinal(value, other) > 0 : !gives;
    }
}
