namespace Loyalty.Accounts;

/// <summary>Who is related to the accounts that a pass may erase.</summary>
internal sealed class Relatives
{
    private readonly Dictionary<string, HashSet<string>> byAccount = new(StringComparer.Ordinal);

    public void Add(string account, string relative)
    {
        if (!byAccount.TryGetValue(account, out var relatives))
            byAccount.Add(account, relatives = new(StringComparer.Ordinal));
        relatives.Add(relative);
    }

    public IEnumerable<string> Of(string account) => byAccount.GetValueOrDefault(account) ?? [];
}
