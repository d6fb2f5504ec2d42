using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>
/// A refresh token is used up for one pair, by one update that also keeps the pair. Whoever sends it again within the leeway, be it at the
/// same moment, gets that same pair; once the successor was used, or later, it is a reuse, which ends the family.
/// </summary>
/// <remarks>In the place of OpenIddict's own redeeming, after the pair was made: there could be two of it otherwise.</remarks>
internal sealed class RedeemOnce(TokenStore tokens, SignIns signIns, TimeProvider time) : IOpenIddictServerHandler<ProcessSignInContext>
{
    /// <summary>How long an answer may have been lost, or another tab have been at it.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
        .UseSingletonHandler<RedeemOnce>()
        .SetOrder(OpenIddictServerHandlers.AttachSignInParameters.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token || !context.Request.IsRefreshTokenGrantType())
            return;
        var holder = context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)?.RefreshTokenPrincipal;
        var (id, presented) = (holder?.GetTokenId(), context.Request.RefreshToken);
        if (id is null || presented is null || context.Response.AccessToken is not { } access || context.Response.RefreshToken is not { } refresh)
        {
            context.Reject(Errors.InvalidGrant, "The refresh token cannot be used.");
            return;
        }
        var pair = new Successor(access, refresh, time.GetUtcNow().AddSeconds(context.Response.ExpiresIn ?? 0));
        if (await tokens.RedeemAsync(id, pair.Seal(presented, id), context.RefreshTokenPrincipal?.GetTokenId(), context.CancellationToken))
            return;
        await tokens.WithdrawAsync([context.AccessTokenPrincipal?.GetTokenId(), context.RefreshTokenPrincipal?.GetTokenId()], context.CancellationToken);
        if (await FirstAsync(id, presented, context.CancellationToken) is { } first)
        {
            context.Response.AccessToken = first.AccessToken;
            context.Response.RefreshToken = first.RefreshToken;
            context.Response.ExpiresIn = (long)Math.Max(0, (first.ExpiresAt - time.GetUtcNow()).TotalSeconds);
            return;
        }
        await signIns.EndFamilyAsync(holder, context.CancellationToken);
        context.Reject(Errors.InvalidGrant, "The refresh token was used already.");
    }

    /// <summary>The pair that the token was used for first, if it may still be given.</summary>
    private async Task<Successor?> FirstAsync(string id, string presented, CancellationToken cancellation)
    {
        var used = await tokens.FindByIdAsync(id, cancellation);
        if (used is not { Status: Statuses.Redeemed, SuccessorId: { } next } || !(used.RedemptionDate + Leeway > time.GetUtcNow()))
            return null;
        return await tokens.FindByIdAsync(next, cancellation) is { Status: Statuses.Valid } ? Successor.Open(used.Successor, presented, id) : null;
    }
}

/// <summary>Of several uses of one authorization code at once, exactly one wins.</summary>
internal sealed class RedeemCode(TokenStore tokens, SignIns signIns) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
        .UseSingletonHandler<RedeemCode>()
        .SetOrder(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token || !context.Request.IsAuthorizationCodeGrantType())
            return;
        var holder = context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)?.AuthorizationCodePrincipal;
        if (holder?.GetTokenId() is { } id && await tokens.RedeemAsync(id, null, null, context.CancellationToken))
            return;
        await signIns.EndFamilyAsync(holder, context.CancellationToken);
        context.Reject(Errors.InvalidGrant, "The authorization code was used already.");
    }
}
