using Microsoft.Extensions.Hosting;

namespace Loyalty.Auth;

/// <summary>The section <c>Auth</c> of the configuration.</summary>
internal sealed class AuthSettings
{
    /// <summary>The address that tokens name as their issuer. Not set: the address each request came to.</summary>
    public Uri? Issuer { get; set; }

    /// <summary>Encrypts the signing keys in the store. All hosts on one store need the same.</summary>
    public string? KeyEncryptionSecret { get; set; }

    /// <summary>Starts outside of Development without <see cref="KeyEncryptionSecret"/>: the signing keys then lie in the store as they are.</summary>
    public bool AllowPlainKeys { get; set; }

    /// <summary>Answers plain HTTP from other machines too, for a closed network.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>Addresses or networks of the proxies whose X-Forwarded headers are believed.</summary>
    public IReadOnlyList<string> Proxies { get; set; } = [];

    /// <summary>Origins whose pages may call this host from a browser, besides those of clients.</summary>
    public IReadOnlyList<string> Origins { get; set; } = [];

    /// <summary>Requests to the token endpoints and registrations, per address; 0 is without limit.</summary>
    public int SignInsPerMinute { get; set; } = 600;

    /// <summary>Calls of one person or client in one tenant; 0 is without limit.</summary>
    public int CallsPerMinute { get; set; } = 60_000;

    public AdministratorSettings Administrator { get; set; } = new();

    public void Validate(IHostEnvironment environment)
    {
        if (Issuer is { IsAbsoluteUri: false })
            throw new InvalidOperationException("Auth:Issuer must be an absolute address, such as https://loyalty.example.com/.");
        if (SignInsPerMinute < 0 || CallsPerMinute < 0)
            throw new InvalidOperationException("Auth:SignInsPerMinute and Auth:CallsPerMinute cannot be negative.");
        if (Origins.FirstOrDefault(origin => !Loyalty.Web.Origins.IsOrigin(origin)) is { } wrong)
            throw new InvalidOperationException($"Auth:Origins: '{wrong}' is no origin such as https://app.example.com.");
        if (environment.IsDevelopment())
            return;
        if (KeyEncryptionSecret is null && !AllowPlainKeys)
            throw new InvalidOperationException(
                "The signing keys are not stored unencrypted: set Auth:KeyEncryptionSecret (16 characters or more, the same on all hosts), for instance to what \"openssl rand -hex 32\" prints.");
        if (KeyEncryptionSecret is { } secret && (secret.Length < 16 || WellKnownSecrets.Contain(secret)))
            throw new InvalidOperationException("Auth:KeyEncryptionSecret must have at least 16 characters, and not be one that everybody knows.");
    }
}

internal sealed class AdministratorSettings
{
    public string Login { get; set; } = "admin";

    /// <summary>Not set: one is made up at the first start and shown once.</summary>
    public string? Password { get; set; }

    /// <summary>Sets the administrator's password anew at this start: the way back in when it was lost.</summary>
    public bool Reset { get; set; }
}
