using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>PROPERTIES sets properties and tags, each unless something newer was said of it.</summary>
internal sealed class SetProperties : AccountEventHandler<PropertiesEvent>
{
    protected override Account Apply(Account account, PropertiesEvent happened, DateTimeOffset at)
    {
        foreach (var (key, value) in happened.Properties ?? new Dictionary<string, string?>())
            account = Said.Property(account, key, value, at);
        foreach (var tag in happened.AddTags ?? [])
            account = Said.Tag(account, tag, isSet: true, at);
        // Note: after the others, so that a tag that is named in both is removed.
        foreach (var tag in happened.RemoveTags ?? [])
            account = Said.Tag(account, tag, isSet: false, at);
        return account;
    }

    protected override DateTimeOffset MomentOf(Entry entry) => Said.Moment(entry.At, entry.AcceptedAt);
}
