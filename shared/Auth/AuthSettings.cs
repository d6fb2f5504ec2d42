namespace Loyalty.Auth;

/// <summary>The section <c>Auth</c> of the configuration.</summary>
internal sealed class AuthSettings
{
    /// <summary>The address that tokens name as their issuer. Not set: the address each request came to.</summary>
    public Uri? Issuer { get; set; }

    /// <summary>Encrypts the signing keys in the store. All hosts on one store need the same.</summary>
    public string? KeyEncryptionSecret { get; set; }

    /// <summary>Answers plain HTTP from other machines too, for a closed network.</summary>
    public bool AllowPlainHttp { get; set; }

    public AdministratorSettings Administrator { get; set; } = new();
}

internal sealed class AdministratorSettings
{
    public string Login { get; set; } = "admin";

    /// <summary>Not set: one is made up at the first start and shown once.</summary>
    public string? Password { get; set; }

    /// <summary>Sets the administrator's password anew at this start: the way back in when it was lost.</summary>
    public bool Reset { get; set; }
}
