using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>What each kind of event does to an account. Pure.</summary>
internal static class AccountEffects
{
    public static Account Apply(Account account, LoyaltyEvent happened, DateTimeOffset at)
    {
        var seen = Seen(account, at) with
        {
            Consents = happened.Consents is { Scope: ConsentScope.Account } given
                ? given.Values.Aggregate(account.Consents, (consents, pair) => consents.With(pair.Key, pair.Value))
                : account.Consents,
        };
        return happened switch
        {
            ProfileEvent profile => SetProfile(seen, profile, at),
            LoginEvent login => SetLogin(seen, login, at),
            PropertiesEvent properties => SetProperties(seen, properties),
            CountersEvent counters => counters.Counters.Aggregate(seen, (changed, pair) => AddTo(changed, pair.Key, pair.Value)),
            WalletEvent wallet => AddTo(seen, "wallet", wallet.Amount),
            _ => seen,
        };
    }

    public static Account Seen(Account account, DateTimeOffset at) =>
        account with { Header = account.Header with { LastEvent = Later(account.Header.LastEvent, at) } };

    /// <summary>Sets a header field, unless it was said later already.</summary>
    public static Account Say<T>(Account account, string field, T? value, DateTimeOffset at, Func<AccountHeader, T?, AccountHeader> set) =>
        account.HeaderSaid.TryGetValue(field, out var said) && said > at
            ? account
            : account with { Header = set(account.Header, value), HeaderSaid = account.HeaderSaid.With(field, at) };

    public static Account Relate(Account account, string other, RelationType type, DateTimeOffset at) =>
        account.Relations.Any(relation => relation.Id == other && relation.Type == type)
            ? account
            : account with { Relations = [.. account.Relations, new Relation(other, at, type)] };

    public static RelationType Mirror(RelationType type) => type switch
    {
        RelationType.Invited => RelationType.InvitedBy,
        RelationType.InvitedBy => RelationType.Invited,
        _ => type,
    };

    private static Account AddTo(Account account, string counter, decimal amount) =>
        account with { Counters = account.Counters.With(counter, account.Counter(counter) + amount) };

    private static Account SetLogin(Account account, LoginEvent login, DateTimeOffset at)
    {
        var seen = account with { Header = account.Header with { LastLogged = Later(account.Header.LastLogged, at) } };
        return SayIfGiven(seen, "pushId", login.PushId, at, (header, value) => header with { PushId = value });
    }

    private static Account SetProfile(Account account, ProfileEvent profile, DateTimeOffset at)
    {
        account = SayIfGiven(account, "phone", profile.Phone, at, (header, value) => header with { Phone = value });
        account = SayIfGiven(account, "email", profile.Email, at, (header, value) => header with { Email = value });
        account = SayIfGiven(account, "pushId", profile.PushId, at, (header, value) => header with { PushId = value });
        account = SayIfGiven(account, "firstName", profile.FirstName, at, (header, value) => header with { FirstName = value });
        account = SayIfGiven(account, "lastName", profile.LastName, at, (header, value) => header with { LastName = value });
        account = SayIfGiven(account, "birthdate", profile.Birthdate, at, (header, value) => header with { Birthdate = value });
        return SayIfGiven(account, "sex", profile.Sex, at, (header, value) => header with { Sex = value });
    }

    private static Account SayIfGiven<T>(Account account, string field, T? value, DateTimeOffset at, Func<AccountHeader, T?, AccountHeader> set) =>
        value is null ? account : Say(account, field, value, at, set);

    private static Account SetProperties(Account account, PropertiesEvent happened) => account with
    {
        Properties = (happened.Properties ?? new Dictionary<string, string?>()).Aggregate(account.Properties, (properties, pair) =>
            pair.Value is null ? properties.Without(pair.Key) : properties.With(pair.Key, pair.Value)),
        Tags = account.Tags.With(happened.AddTags).Without(happened.RemoveTags),
    };

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset at) => known > at ? known.Value : at;
}
