using Loyalty.Auth;

namespace Loyalty.Host;

/// <summary>The section <c>Demo</c> of the configuration.</summary>
internal sealed class DemoOptions
{
    /// <summary>Not set: in Development, on an empty store.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Secret of the partner client <c>demo-partner</c>; made up and shown once when absent.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Password of the member <c>alice</c>; made up and shown once when absent.</summary>
    public string? MemberPassword { get; set; }

    /// <summary>Password of <c>manager</c>, the demo tenant's ROLE_SU person; made up and shown once when absent.</summary>
    public string? ManagerPassword { get; set; }

    /// <summary>Secret of <c>ordering</c>, the client through which people sign in; <c>secret</c> in Development when absent.</summary>
    public string? PeopleClientSecret { get; set; }

    /// <summary>Refuses, outside of Development, secrets that everybody knows, whether there is a demo or not.</summary>
    public DemoOptions Checked(IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
            return this;
        foreach (var (name, secret) in new[]
        {
            (nameof(ClientSecret), ClientSecret), (nameof(MemberPassword), MemberPassword),
            (nameof(ManagerPassword), ManagerPassword), (nameof(PeopleClientSecret), PeopleClientSecret),
        })
            if (secret is not null && WellKnownSecrets.Contain(secret))
                throw new InvalidOperationException($"Demo:{name} is a secret that everybody knows: choose another, or leave it out to have one made up.");
        return this;
    }
}
