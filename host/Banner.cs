using System.Globalization;
using System.Text;
using Loyalty.Auth;
using MongoDB.Driver;

namespace Loyalty.Host;

/// <summary>What the console says once the host is up: where everything is, and how to try it.</summary>
internal sealed class Banner(IConfiguration configuration, DemoOptions options, FirstStart firstStart)
{
    public string Text(Uri address, DemoSecrets? fresh, bool demo)
    {
        var url = address.ToString().TrimEnd('/');
        var text = new StringBuilder();
        Line(text, $"""

            Loyalty API    {url}   (and below {url}/loyalty-api)
            Reference      {url}/scalar
            Data           {Data()}
            """);
        if (firstStart.AdministratorPassword is { } password)
            Line(text, $"\nFirst administrator of this deployment, shown this once\n  tenant system    {firstStart.AdministratorLogin} / {password}");
        if (fresh is not null)
            Line(text, Secrets(fresh));
        if (demo)
            Line(text, TryIt(url, options.ClientSecret is null ? fresh?.ClientSecret : null));
        return text.ToString();
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private string Data()
    {
        if (configuration.GetConnectionString("MongoDb") is { Length: > 0 } connection)
        {
            var server = MongoUrl.Create(connection);
            return $"MongoDB {string.Join(",", server.Servers)}, database {server.DatabaseName ?? "loyalty"}";
        }
        var path = Path.GetFullPath(configuration["EmbeddedStore:Path"] ?? "./data/loyalty.db");
        return $"""
            {path} (embedded store)
                           A real MongoDB instead: ConnectionStrings__MongoDb='mongodb://localhost:27017/loyalty?replicaSet=rs0' dotnet run --project host
            """;
    }

    private string Secrets(DemoSecrets secrets) => $"""

        Demo, shown this once
          partner client   {Demo.PartnerClient} / {Shown(secrets.ClientSecret, options.ClientSecret)}
          tenant {Demo.Tenant}      {Demo.Manager} / {Shown(secrets.ManagerPassword, options.ManagerPassword)} (ROLE_SU)
          member           {Demo.Member} / {Shown(secrets.MemberPassword, options.MemberPassword)}
          people sign in through the client {Demo.PeopleClient} / {Shown(secrets.PeopleClientSecret, options.PeopleClientSecret)}
        """;

    /// <summary>What the configuration names is known to whoever wrote it, and to nobody who reads a log.</summary>
    private static string Shown(string secret, string? configured) => configured is null ? secret : "(as configured)";

    private static string TryIt(string url, string? secret) => string.Create(CultureInfo.InvariantCulture, $$"""

        Try it: a token, an order of {{Demo.Member}}, her account{{(secret is null ? " (put in the secret that the first start showed, or that you have set)" : "")}}
          TOKEN=$(curl -s {{url}}/connect/token -d grant_type=client_credentials -d client_id={{Demo.PartnerClient}} -d client_secret={{secret ?? "SECRET"}} | sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p')
          curl -s {{url}}/api/event -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{{FirstOrder}}'
          curl -s {{url}}/api/account/{{Demo.MemberId}} -H "Authorization: Bearer $TOKEN"
        """);

    private const string FirstOrder =
        """[{"event":"ORDER","order":{"id":"first-order","status":"COMPLETED","total":"13.99","orderType":"DINE_IN","source":"central","users":[{"userId":""" + "\"" + Demo.MemberId + "\"" +
        ""","roles":["CUSTOMER"]}],"buckets":[{"venue":"old-town","lines":[{"productId":"burger","quantity":1,"price":"13.99","status":"NEW"}]}]}}]""";
}
