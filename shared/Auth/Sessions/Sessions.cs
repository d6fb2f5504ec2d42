using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>
/// Sessions of people on this host's own pages: a cookie that no script sees and that other sites cannot have sent along, and its hash in the
/// store. It gives nothing but authorization codes; no operation of the API looks at it.
/// </summary>
internal sealed class Sessions(IMongoDatabase database, People people, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly IMongoCollection<Session> sessions = database.GetCollection<Session>("auth.sessions");

    public Task CreateIndexesAsync(CancellationToken cancellation) => sessions.Indexes.CreateManyAsync(
    [
        // All of one person, to end them.
        new(Builders<Session>.IndexKeys.Ascending(session => session.PersonId)),
        // All of a tenant, when it is deleted.
        new(Builders<Session>.IndexKeys.Ascending(session => session.Tenant)),
        new(Builders<Session>.IndexKeys.Ascending(session => session.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellation);

    /// <summary>Who is signed in in this browser; null when nobody is, or may be no longer.</summary>
    public async Task<(Session Session, Person Person)?> FindAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Cookies[CookieOf(request)] is not { Length: > 0 } secret)
            return null;
        var id = IdOf(secret);
        var session = await sessions.Find(session => session.Id == id).FirstOrDefaultAsync(cancellation);
        if (session is null || session.ExpireAt <= time.GetUtcNow())
            return null;
        var person = await people.FindAsync(session.Tenant, session.PersonId, cancellation);
        return person?.AcceptsTokenFrom(session.Created) is true ? (session, person) : null;
    }

    public async Task BeginAsync(HttpContext http, Person person, CancellationToken cancellation)
    {
        if (http.Request.Cookies[CookieOf(http.Request)] is { Length: > 0 } before)
            await DeleteAsync(IdOf(before), cancellation);
        var (secret, now) = (Passwords.GenerateSecret(), time.GetUtcNow());
        await sessions.InsertOneAsync(new Session(IdOf(secret), person.Tenant, person.Id, now, now + Lifetime), cancellationToken: cancellation);
        http.Response.Cookies.Append(CookieOf(http.Request), secret, Options(http.Request));
    }

    public async Task EndAsync(HttpContext http, Session session, CancellationToken cancellation)
    {
        await DeleteAsync(session.Id, cancellation);
        http.Response.Cookies.Delete(CookieOf(http.Request), Options(http.Request));
    }

    public async Task<long> EndAllOfAsync(string personId, CancellationToken cancellation) =>
        (await sessions.DeleteManyAsync(session => session.PersonId == personId, cancellation)).DeletedCount;

    public Task EndAllInAsync(string tenant, CancellationToken cancellation) => sessions.DeleteManyAsync(session => session.Tenant == tenant, cancellation);

    private Task<DeleteResult> DeleteAsync(string id, CancellationToken cancellation) => sessions.DeleteOneAsync(session => session.Id == id, cancellation);

    /// <summary>Note: with the prefix a browser takes the cookie from this very host only, over https.</summary>
    private static string CookieOf(HttpRequest request) => request.IsHttps ? "__Host-loyalty" : "loyalty";

    private static CookieOptions Options(HttpRequest request) =>
        new() { HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };

    private static string IdOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
