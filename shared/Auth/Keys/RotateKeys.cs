using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class RotateKeys
{
    /// <param name="UsedFrom">From when on tokens are made with the new keys; every host knows them by then.</param>
    public sealed record Answer(DateTimeOffset UsedFrom);

    /// <summary>Make new signing and encryption keys</summary>
    /// <remarks>For the administrators of the deployment. Tokens made with the old ones stay good until they expire.</remarks>
    public static async Task<Ok<Answer>> Handle(Caller caller, KeyRing ring, AuditLog audit, CancellationToken cancellation)
    {
        await audit.RecordAsync(caller, Tenant.System, "key.rotate", null, [], cancellation);
        return TypedResults.Ok(new Answer(await ring.RotateAsync(cancellation)));
    }
}
