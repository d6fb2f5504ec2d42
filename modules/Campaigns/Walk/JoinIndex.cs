using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>
/// The campaigns of a tenant that accounts may join, by the fields of the account that they look at: what an entry has not changed need
/// not be looked at again. Pure.
/// </summary>
internal sealed class JoinIndex
{
    private readonly Dictionary<string, List<string>> byField = new(StringComparer.Ordinal);
    private readonly List<string> withTime = [];
    private readonly List<string> all = [];

    public JoinIndex(IEnumerable<Campaign> campaigns)
    {
        foreach (var campaign in campaigns.Where(campaign => campaign.TakesJoiners))
        {
            all.Add(campaign.Key);
            // Note: what looks at the time that has passed may begin to hold without any change, and who may join again is told apart by having ceased to match.
            if (campaign.Definition.LooksAtTime || campaign.Definition.Rejoin is not null)
                withTime.Add(campaign.Key);
            foreach (var field in campaign.Definition.Constraints.Select(constraint => constraint.Field).Distinct())
            {
                if (!byField.TryGetValue(field, out var keys))
                    byField.Add(field, keys = []);
                keys.Add(campaign.Key);
            }
        }
    }

    /// <summary>Keys of the campaigns that an account may have begun to match, in order.</summary>
    /// <param name="before">The account as it was; null if it is new.</param>
    public IEnumerable<string> Candidates(Account? before, Account now) =>
        (before is null ? all : withTime.Concat(ChangedFields.Between(before, now).SelectMany(field => byField.GetValueOrDefault(field) ?? [])))
        .Distinct().Order(StringComparer.Ordinal);
}
