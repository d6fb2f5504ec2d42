using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Loyalty.ApiTests;

/// <summary>Real tokens from the token endpoint, each got once.</summary>
public sealed class Tokens(HostProcess host)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> known = new();

    /// <summary>For when the clock has been moved: what was got before is too old.</summary>
    public void Forget() => known.Clear();

    public Task<string> OfPartnerAsync(string clientId, string secret) => Once($"partner {clientId}", async () =>
        (await AskAsync(clientId, secret, tenant: null, new() { ["grant_type"] = "client_credentials" })).Text("access_token"));

    public Task<string> OfPersonAsync(string tenant, string login, string password) => Once($"person {tenant} {login}", async () =>
        (await AskAsync("ordering", HostProcess.PeopleClientSecret, tenant, new() { ["grant_type"] = "password", ["username"] = login, ["password"] = password }))
        .Text("access_token"));

    public async Task<HttpClient> ClientAsync(Task<string> token)
    {
        var http = host.Anonymous();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await token);
        return http;
    }

    public async Task<JsonElement> AskAsync(string clientId, string secret, string? tenant, Dictionary<string, string> form)
    {
        using var http = host.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "connect/token") { Content = new FormUrlEncodedContent(form) };
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{secret}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
        if (tenant is not null)
            request.Headers.Add("x-tenant", tenant);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.JsonAsync(200);
    }

    private Task<string> Once(string whose, Func<Task<string>> ask) => known.GetOrAdd(whose, _ => new Lazy<Task<string>>(ask)).Value;
}
