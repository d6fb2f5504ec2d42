using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Loyalty.Auth;

/// <summary>Tells whoever watches that something changed, as often as it does.</summary>
internal sealed class ChangeSignal
{
    private ConfigurationReloadToken token = new();

    public IChangeToken Token => token;

    public void Raise() => Interlocked.Exchange(ref token, new ConfigurationReloadToken()).OnReload();
}

/// <summary>Has options of one kind built anew whenever the signal is raised.</summary>
internal sealed class RebuiltOn<TOptions>(ChangeSignal signal) : IOptionsChangeTokenSource<TOptions>
{
    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => signal.Token;
}
