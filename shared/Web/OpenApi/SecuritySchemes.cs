using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>The two ways to get a token, as the document names them.</summary>
internal sealed class SecuritySchemes : IOpenApiDocumentTransformer
{
    public const string People = "oauth2";
    public const string Partners = "oauth2-client";

    private static readonly Uri Token = new("/connect/token", UriKind.Relative);
    private static readonly Uri Authorize = new("/connect/authorize", UriKind.Relative);
    private static readonly Dictionary<string, string> NoScopes = [];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [People] = Scheme(
                "A person of a tenant signs in: on this host's own page (authorization code with PKCE, S256), or with login and password through a "
                + "client that holds a secret, naming the tenant in `x-tenant`.",
                new OpenApiOAuthFlows
                {
                    AuthorizationCode = new() { AuthorizationUrl = Authorize, TokenUrl = Token, RefreshUrl = Token, Scopes = NoScopes },
                    Password = new() { TokenUrl = Token, RefreshUrl = Token, Scopes = NoScopes },
                }),
            [Partners] = Scheme("A partner or service signs in with its client id and secret; each call names its tenant in `x-tenant`.",
                new OpenApiOAuthFlows { ClientCredentials = new() { TokenUrl = Token, Scopes = NoScopes } }),
        };
        return Task.CompletedTask;
    }

    private static OpenApiSecurityScheme Scheme(string description, OpenApiOAuthFlows flows) =>
        new() { Type = SecuritySchemeType.OAuth2, Description = description, Flows = flows };
}
