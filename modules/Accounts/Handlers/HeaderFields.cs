using Loyalty.Accounts.Contracts;

namespace Loyalty.Accounts;

/// <summary>Fields of the header, each as it was said last. Pure.</summary>
internal static class HeaderFields
{
    /// <summary>Sets a field, unless it was said later already.</summary>
    public static Account Set<T>(Account account, string field, T? value, DateTimeOffset at, Func<AccountHeader, T?, AccountHeader> set) =>
        account.HeaderSaid.TryGetValue(field, out var said) && said > at
            ? account
            : account with { Header = set(account.Header, value), HeaderSaid = account.HeaderSaid.With(field, at) };

    public static Account SetIfGiven<T>(Account account, string field, T? value, DateTimeOffset at, Func<AccountHeader, T?, AccountHeader> set) =>
        value is null ? account : Set(account, field, value, at, set);
}
