using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Loyalty.Tests.Auth;

/// <summary>A browser without scripts: keeps cookies, sends forms with what is hidden in them, and shows where it is sent.</summary>
internal sealed partial class Browser : IDisposable
{
    public const string Callback = "https://app.example.com/signed-in";
    public const string Verifier = "a-verifier-of-the-tests-that-is-long-enough-to-be-one";

    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
    private readonly AuthHost host;

    public Browser(AuthHost host)
    {
        this.host = host;
        Http = new HttpClient(handler) { BaseAddress = host.Http.BaseAddress };
    }

    private HttpClient Http { get; }

    public static string Challenge => Base64UrlTextEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>The address of a request for a code.</summary>
    public static string Authorize(string client = "spa", string callback = Callback, string pathBase = "", params (string Key, string? Value)[] more)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = client,
            ["redirect_uri"] = callback,
            ["response_type"] = "code",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
            ["state"] = "some-state",
        };
        foreach (var (key, value) in more)
            query[key] = value;
        return QueryHelpers.AddQueryString($"{pathBase}/connect/authorize", query.Where(pair => pair.Value is not null));
    }

    public Task<HttpResponseMessage> GetAsync(string address) => Http.GetAsync(address);

    public Task<HttpResponseMessage> CallAsync(HttpRequestMessage request) => Http.SendAsync(request);

    /// <summary>Goes on with a request until the client gets its answer: the parameters that it gets.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SignInAsync(string address, string? tenant, string login, string password)
    {
        var page = await Http.GetAsync(Sent(await Http.GetAsync(address), HttpStatusCode.Redirect));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var sent = await SendAsync(page, ("tenant", tenant), ("login", login), ("password", password));
        return Answer(await Http.GetAsync(Sent(sent, HttpStatusCode.SeeOther)));
    }

    /// <summary>Sends the form of a page, with what is hidden in it.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpResponseMessage page, params (string Key, string? Value)[] fields)
    {
        var html = await page.Content.ReadAsStringAsync();
        var form = HiddenField().Matches(html).ToDictionary(match => match.Groups[1].Value, match => (string?)WebUtility.HtmlDecode(match.Groups[2].Value));
        foreach (var (key, value) in fields.Where(field => field.Value is not null))
            form[key] = value;
        return await Http.PostAsync(WebUtility.HtmlDecode(Action().Match(html).Groups[1].Value), new FormUrlEncodedContent(form));
    }

    public async Task<JsonElement> RedeemAsync(string code, string client = "spa", string callback = Callback, string verifier = Verifier) =>
        await AuthHost.JsonAsync(await host.AskTokenAsync("/connect/token", null, null,
            ("grant_type", "authorization_code"), ("client_id", client), ("code", code), ("redirect_uri", callback), ("code_verifier", verifier)));

    public static string Sent(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        return response.Headers.Location!.OriginalString;
    }

    public static IReadOnlyDictionary<string, string> Answer(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return QueryHelpers.ParseQuery(new Uri(response.Headers.Location!.OriginalString).Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\">")]
    private static partial Regex Action();
}
