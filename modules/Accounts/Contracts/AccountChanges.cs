namespace Loyalty.Accounts.Contracts;

/// <summary>What other modules may do to an account. Each answers a changed copy; nothing is written before <see cref="AccountsInPass.Change"/>.</summary>
public static class AccountChanges
{
    public static Account Tagged(this Account account, IEnumerable<string>? added, IEnumerable<string>? removed) =>
        account with { Tags = account.Tags.With(added).Without(removed) };

    public static Account WithProperties(this Account account, IReadOnlyDictionary<string, string>? properties) => properties is null ? account : account with
    {
        Properties = properties.Aggregate(account.Properties, (known, pair) => known.With(pair.Key, pair.Value)),
    };

    /// <param name="amounts">Signed, by counter.</param>
    public static Account Counting(this Account account, IReadOnlyDictionary<string, decimal>? amounts) => amounts is null ? account : account with
    {
        Counters = amounts.Aggregate(account.Counters, (known, pair) => known.With(pair.Key, known.GetValueOrDefault(pair.Key) + pair.Value)),
    };

    /// <summary>Note: whoever credits books it, too (<see cref="WalletsInPass"/>).</summary>
    public static Account Credited(this Account account, WalletLot lot) =>
        lot.Amount == 0 ? account : WalletBook.With(account, [.. WalletBook.LotsOf(account), lot]);

    /// <summary>Coupons that may be used from now on, and others that may not any more.</summary>
    public static Account WithCoupons(this Account account, IEnumerable<string>? usable, IEnumerable<string>? gone = null) =>
        account with { Coupons = account.Coupons.With(usable).Without(gone) };

    /// <param name="state">The state it has reached.</param>
    public static Account InCampaign(this Account account, string campaign, string state) => account with
    {
        Campaigns = [.. account.Campaigns.Where(position => position.Id != campaign), new CampaignPosition(campaign, state)],
    };

    public static Account OutOfCampaign(this Account account, string campaign) => account with
    {
        Campaigns = [.. account.Campaigns.Where(position => position.Id != campaign)],
    };
}
