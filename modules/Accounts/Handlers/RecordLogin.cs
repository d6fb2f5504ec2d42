using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>LOGIN says when the person was last signed in, and where the person's phone is reached.</summary>
internal sealed class RecordLogin : AccountEventHandler<LoginEvent>
{
    protected override Account Apply(Account account, LoginEvent happened, DateTimeOffset at)
    {
        var seen = account with { Header = account.Header with { LastLogged = Seen.Later(account.Header.LastLogged, at) } };
        return HeaderFields.SetIfGiven(seen, "pushId", happened.PushId, at, (header, value) => header with { PushId = value });
    }
}
