using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Auth;
using Loyalty.Host;
using MongoDB.Driver;

namespace Loyalty.Tests.Auth;

/// <summary>
/// Every operation of the OpenAPI document, with every kind of caller, against what the document says. An operation that
/// is added later without a rule, or whose rule the document does not tell, fails here.
/// </summary>
public sealed partial class AccessMatrixTests
{
    /// <summary>Operations that need no token, on purpose.</summary>
    private static readonly string[] Open = ["register", "orderWebhook", "forgotPassword"];

    /// <summary>What somebody can still do who has asked to leave.</summary>
    private static readonly string[] OfLeavers = ["getMe", "leaveMe", "restoreMe"];

    /// <summary>Operations that change what the caller is: they are asked after all others.</summary>
    private static readonly string[] Last = ["leaveMe", "restoreMe"];

    [Fact]
    public async Task Every_operation_answers_every_kind_of_caller_as_documented()
    {
        await using var host = await AuthHost.StartAsync<HostModule>(null, null, ("Demo:Enabled", "false"));
        var callers = await CallersAsync(host);
        var document = await AuthHost.JsonAsync(await host.CallAsync("/openapi/v1.json", null));
        var faults = new List<string>();
        var operations = Operation.AllOf(document).ToArray();
        Assert.True(operations.Length > 20, "The document lists no operations.");
        foreach (var operation in operations.Where(operation => !Open.Contains(operation.Id)).OrderBy(operation => Last.Contains(operation.Id)))
            foreach (var caller in callers)
            {
                var expected = caller.Expected(operation);
                var answer = await SendAsync(host, operation, caller);
                if (expected is null ? answer is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden : answer != expected)
                    faults.Add($"{operation.Id} for {caller.Name}: {(int)answer}, expected {(expected is { } status ? (int)status : "to be let in")}");
                if (expected is { } refused && !operation.Answers.Contains($"{(int)refused}"))
                    faults.Add($"{operation.Id} does not document {(int)refused}");
            }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    private static async Task<IReadOnlyList<TestCaller>> CallersAsync(AuthHost host)
    {
        await host.GivenClientOfPeopleAsync();
        await host.Get<Tenants>().TryCreateAsync(new Tenant("cafe", "Café", Guests: true), default);
        await host.Get<Tenants>().TryCreateAsync(new Tenant("acme", "Acme"), default);
        await host.GivenPartnerAsync("two", ["acme", "cafe"], Roles.Su);
        var su = await PersonAsync("su", Roles.Su);
        var key = (await host.Get<KeyStore>().ListAsync(default)).Single(key => key.Use is KeyUse.Signing);
        var forged = new ForgedTokens(key, su);
        var two = await host.TokenOfPartnerAsync("two");
        var callers = new List<TestCaller>
        {
            Nobody("no token", null), Nobody("nonsense", "nonsense"), Nobody("an expired token", await ExpiredAsync(host)),
            Nobody("a stranger's signature", forged.SignedByAStranger), Nobody("alg none", forged.AlgNone),
            Nobody("another audience", forged.ForAnotherAudience), Nobody("no audience", forged.WithoutAudience),
            new("a faithful forgery", forged.Faithful, null, operation => Person(operation, Roles.Su)),
            new("a person of another tenant", su, "cafe", operation => HttpStatusCode.Forbidden),
            new("a malformed x-tenant", su, "a b", _ => HttpStatusCode.BadRequest),
            new("a guest", await host.SignInAsync("cafe", "anonymous", "").ContinueWith(TokenOf).Unwrap(), null, operation => operation.Id == "getMe" ? null : HttpStatusCode.Forbidden),
            new("somebody who has asked to leave", await LeaverAsync(), null, operation => OfLeavers.Contains(operation.Id) ? null : HttpStatusCode.Forbidden),
            new("somebody with ROLE_SU through a public client", await ByBrowserAsync(), null, operation => Person(operation, Roles.Su)),
            Nobody("a deactivated person", await DeactivatedAsync()), Nobody("a partner of a deleted client", await DeletedClientAsync()),
            new("the administrator", await host.TokenOfAdministratorAsync(), null, operation => operation.People ? null : HttpStatusCode.Forbidden),
            new("a partner without that tenant", two, "other", _ => HttpStatusCode.Forbidden),
            new("a partner without x-tenant", two, null, operation => operation.Partners ? HttpStatusCode.BadRequest : HttpStatusCode.Forbidden),
        };
        foreach (var role in Roles.All.Append("none"))
        {
            var roles = role == "none" ? Array.Empty<string>() : [role];
            await host.GivenPartnerAsync($"partner.{role}", ["acme"], roles);
            var (person, partner) = (await PersonAsync($"person.{role}", roles), await host.TokenOfPartnerAsync($"partner.{role}"));
            callers.Add(new($"a person with {role}", person, null, operation => Person(operation, role)));
            callers.Add(new($"a partner with {role}", partner, "acme", operation => Partner(operation, role)));
        }
        return callers;

        async Task<string> LeaverAsync()
        {
            var token = await PersonAsync("leaver");
            var person = (await host.Get<People>().FindByLoginAsync("acme", "leaver", default))!;
            await host.Get<People>().SuspendAsync(person, TimeProvider.System.GetUtcNow().AddDays(7), default);
            return token;
        }

        async Task<string> ByBrowserAsync()
        {
            await host.GivenPersonAsync("acme", "browsing", "correct horse", Roles.Su);
            await host.Get<Partners>().TryCreateAsync(new NewPartner("spa", null, [Grant.AuthorizationCode], [], []) { RedirectUris = [Browser.Callback] }, default);
            using var browser = new Browser(host);
            var code = (await browser.SignInAsync(Browser.Authorize(), "acme", "browsing", "correct horse"))["code"];
            return (await browser.RedeemAsync(code)).Text("access_token");
        }

        async Task<string> DeactivatedAsync()
        {
            var token = await PersonAsync("deactivated", Roles.Su);
            var person = (await host.Get<People>().FindByLoginAsync("acme", "deactivated", default))!;
            await host.Get<People>().ChangeAsync(person with { Active = false }, default);
            return token;
        }

        async Task<string> DeletedClientAsync()
        {
            await host.GivenPartnerAsync("gone", ["acme"], Roles.Su);
            var token = await host.TokenOfPartnerAsync("gone");
            await host.Get<SignIns>().EndAllThroughAsync("gone", default);
            return token;
        }

        async Task<string> PersonAsync(string login, params string[] roles)
        {
            await host.GivenPersonAsync("acme", login, "correct horse", roles);
            return await host.TokenOfPersonAsync("acme", login, "correct horse");
        }
    }

    /// <summary>Note: OpenIddict goes by the token's entry in the store, so the entry has to be as old as the token says.</summary>
    private static async Task<string> ExpiredAsync(AuthHost host)
    {
        await host.GivenPersonAsync("acme", "expired", "correct horse", Roles.Su);
        var token = await host.TokenOfPersonAsync("acme", "expired", "correct horse");
        var id = AuthHost.Decode(token).Text("oi_tkn_id");
        await host.Get<IMongoDatabase>().GetCollection<Token>("auth.tokens").UpdateOneAsync(stored => stored.Id == id,
            Builders<Token>.Update.Set(stored => stored.ExpirationDate, TimeProvider.System.GetUtcNow().AddMinutes(-10)));
        return token;
    }

    private static HttpStatusCode? Person(Operation operation, string role) =>
        operation is { People: true, Administrators: false } && operation.Takes(role) ? null : HttpStatusCode.Forbidden;

    private static HttpStatusCode? Partner(Operation operation, string role) => operation.Partners && operation.Takes(role) ? null : HttpStatusCode.Forbidden;

    private static TestCaller Nobody(string name, string? token) => new(name, token, "acme", _ => HttpStatusCode.Unauthorized);

    private static async Task<string?> TokenOf(Task<HttpResponseMessage> answer) => (await AuthHost.JsonAsync(await answer)).Text("access_token");

    private static async Task<HttpStatusCode> SendAsync(AuthHost host, Operation operation, TestCaller caller)
    {
        using var request = new HttpRequestMessage(operation.Method, operation.Address);
        if (caller.Token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {caller.Token}");
        if (caller.Tenant is not null)
            request.Headers.TryAddWithoutValidation("x-tenant", caller.Tenant);
        if (operation.Method != HttpMethod.Get)
            request.Content = new StringContent("null", Encoding.UTF8, "application/json");
        return (await host.Http.SendAsync(request)).StatusCode;
    }

    private sealed record TestCaller(string Name, string? Token, string? Tenant, Func<Operation, HttpStatusCode?> Expected);

    private sealed partial record Operation(
        string Id, HttpMethod Method, string Address, bool People, bool Partners, bool Administrators, IReadOnlyList<string> Roles, IReadOnlyList<string> Answers)
    {
        public bool Takes(string role) => Roles.Count == 0 || role == "ROLE_SU" || Roles.Contains(role);

        public static IEnumerable<Operation> AllOf(JsonElement document) =>
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            where operation.Value.ValueKind is JsonValueKind.Object && operation.Value.TryGetProperty("responses", out _)
            select Of(path.Name, operation.Name, operation.Value);

        private static Operation Of(string path, string method, JsonElement operation)
        {
            string[] schemes = operation.TryGetProperty("security", out var security)
                ? [.. security.EnumerateArray().SelectMany(scheme => scheme.EnumerateObject()).Select(scheme => scheme.Name)]
                : [];
            var description = operation.TryGetProperty("description", out var text) ? text.GetString()! : "";
            var needed = Needed().Match(description).Value;
            return new Operation(
                operation.TryGetProperty("operationId", out var id) ? id.GetString()! : path,
                new HttpMethod(method.ToUpperInvariant()), Parameter().Replace(path, "nothing-here"),
                schemes.Contains("oauth2"), schemes.Contains("oauth2-client"),
                description.Contains("administrators of the deployment", StringComparison.Ordinal),
                [.. Role().Matches(needed).Select(match => match.Value)],
                [.. operation.GetProperty("responses").EnumerateObject().Select(response => response.Name)]);
        }

        [GeneratedRegex("Needs one of .*")]
        private static partial Regex Needed();

        [GeneratedRegex("ROLE_[A-Z_]+")]
        private static partial Regex Role();

        [GeneratedRegex(@"\{[^}]+\}")]
        private static partial Regex Parameter();
    }
}
