using Loyalty.Auth;

namespace Loyalty.Passes;

public static class Senders
{
    /// <summary>A caller as the sender of an entry.</summary>
    public static Sender AsSender(this Caller caller) => new(caller.Id, caller.IsPerson) { TokenIssuedAt = caller.TokenIssuedAt };
}
