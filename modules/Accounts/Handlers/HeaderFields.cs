using Loyalty.Accounts.Contracts;
using Loyalty.Web;

namespace Loyalty.Accounts;

/// <summary>Fields of the header, each as it was said last. Pure.</summary>
internal static class HeaderFields
{
    /// <summary>Sets a field, unless it was said later already.</summary>
    public static Account Set<T>(Account account, string field, T? value, DateTimeOffset at, Func<AccountHeader, T?, AccountHeader> set) =>
        account.HeaderSaid.TryGetValue(field, out var said) && said > at
            ? account
            : account with { Header = set(account.Header, value), HeaderSaid = account.HeaderSaid.With(field, at) };

    /// <summary>Sets a field that may be cleared, if anything was said of it.</summary>
    public static Account SetIfGiven<T>(
        Account account, string field, Optional<T?> value, DateTimeOffset at, Func<AccountHeader, T?, AccountHeader> set) =>
        value.IsGiven ? Set(account, field, value.Value, at, set) : account;

    public static Account SetIfGiven<T>(Account account, string field, T? value, DateTimeOffset at, Func<AccountHeader, T?, AccountHeader> set) =>
        value is null ? account : Set(account, field, value, at, set);
}
