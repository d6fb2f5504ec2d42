using System.Net;
using Loyalty.Auth;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Tests.Auth;

public sealed class KeyTests
{
    private const string Secret = "a secret for the tests";
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task New_keys_are_used_after_every_host_had_the_time_to_read_them_and_old_tokens_stay_good()
    {
        await using var host = await AuthHost.StartAsync<AuthTestModule>(null, time);
        await host.GivenPartnerAsync("one", ["acme"], Roles.Loyalty);
        var old = await host.TokenOfPartnerAsync("one");
        var admin = await host.TokenOfAdministratorAsync();
        await host.GivenPersonAsync("acme", "alice", "correct horse");
        var before = await AuthHost.JsonAsync(await host.SignInAsync("acme", "alice", "correct horse"));
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/auth-api/api/key/rotate", admin, null, HttpMethod.Post)).StatusCode);
        Assert.Equal("signing-1", KeyOf(await host.TokenOfPartnerAsync("one")));

        await using var other = await AuthHost.StartAsync<AuthTestModule>(host.Get<IMongoDatabase>(), time);
        time.Advance(TimeSpan.FromMinutes(6));
        await host.Get<KeyRing>().ReloadAsync(TestContext.Current.CancellationToken);
        var young = await host.TokenOfPartnerAsync("one");
        Assert.Equal("signing-2", KeyOf(young));
        foreach (var token in new[] { old, young })
            foreach (var server in new[] { host, other })
                Assert.Equal(HttpStatusCode.OK, (await server.CallAsync("/api/accounts", token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.RefreshAsync(before.Text("refresh_token"))).StatusCode);
        var published = await AuthHost.JsonAsync(await host.CallAsync("/.well-known/jwks", null));
        Assert.Equal(2, published.GetProperty("keys").GetArrayLength());
    }

    [Fact]
    public async Task A_token_expires()
    {
        await using var host = await AuthHost.StartAsync<AuthTestModule>(null, time);
        await host.GivenPartnerAsync("one", ["acme"], Roles.Loyalty);
        var token = await host.TokenOfPartnerAsync("one");
        time.Advance(TokenServer.AccessTokenLifetime + TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/accounts", token)).StatusCode);
    }

    [Fact]
    public async Task Keys_are_encrypted_at_rest_and_only_the_same_secret_opens_them()
    {
        await using var plain = await AuthHost.StartAsync();
        var database = plain.Get<IMongoDatabase>();
        await plain.GivenPartnerAsync("one", ["acme"], Roles.Loyalty);
        var token = await plain.TokenOfPartnerAsync("one");
        await using var sealing = await AuthHost.StartAsync(database, ("Auth:KeyEncryptionSecret", Secret));
        Assert.Equal(HttpStatusCode.OK, (await sealing.CallAsync("/api/accounts", token)).StatusCode);
        var stored = await database.GetCollection<BsonDocument>("auth.keys").Find(new BsonDocument()).ToListAsync(TestContext.Current.CancellationToken);
        Assert.All(stored, key => Assert.True(key["sealed"].AsBoolean));
        await Assert.ThrowsAsync<InvalidOperationException>(() => AuthHost.StartAsync(database));
        await Assert.ThrowsAsync<InvalidOperationException>(() => AuthHost.StartAsync(database, ("Auth:KeyEncryptionSecret", "another secret of tests")));
    }

    private static string KeyOf(string jwt) => AuthHost.Decode($".{jwt.Split('.')[0]}.").Text("kid");

    [Fact]
    public async Task Outside_of_development_a_host_does_not_keep_its_keys_unencrypted() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => AuthHost.StartAsync(("Auth:AllowPlainKeys", "false")));
}
