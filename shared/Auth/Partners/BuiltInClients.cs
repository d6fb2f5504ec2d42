namespace Loyalty.Auth;

/// <summary>The host's own pages sign people in as any application does: as public clients, which lead back to this host only.</summary>
internal static class BuiltInClients
{
    public const string Console = "console";
    public const string Scalar = "scalar";

    public static IReadOnlyList<NewPartner> All { get; } =
    [
        new(Console, null, [Grant.AuthorizationCode], [], [])
        {
            Name = "Console",
            RedirectUris = ["~/admin", "~/admin/", "~/admin/callback", "~/admin/silent"],
            PostLogoutRedirectUris = ["~/admin", "~/admin/"],
            BuiltIn = true,
        },
        new(Scalar, null, [Grant.AuthorizationCode], [], [])
        {
            Name = "API reference",
            RedirectUris = ["~/scalar", "~/scalar/", "~/scalar/v1"],
            PostLogoutRedirectUris = ["~/scalar", "~/scalar/"],
            BuiltIn = true,
        },
    ];
}
