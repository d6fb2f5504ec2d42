using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>PROPERTIES sets properties and tags.</summary>
internal sealed class SetProperties : AccountEventHandler<PropertiesEvent>
{
    protected override Account Apply(Account account, PropertiesEvent happened, DateTimeOffset at) => account with
    {
        Properties = (happened.Properties ?? new Dictionary<string, string?>()).Aggregate(account.Properties, (properties, pair) =>
            pair.Value is null ? properties.Without(pair.Key) : properties.With(pair.Key, pair.Value)),
        Tags = account.Tags.With(happened.AddTags).Without(happened.RemoveTags),
    };
}
