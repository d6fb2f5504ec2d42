using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Loyalty.Auth;
using Loyalty.Modularity;
using Loyalty.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;

namespace Loyalty.Tests.Auth;

/// <summary>The routes the tests call: one of each kind of rule.</summary>
[DependsOn(typeof(AuthModule))]
internal sealed class AuthTestModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        context.Services.AddSingleton<INotificationHandler<PersonSignedIn>, SignInsHeard>();
        context.Services.AddSingleton<Heard>();
        context.Services.AddSingleton<INotificationHandler<PersonLeft>>(provider => provider.GetRequiredService<Heard>());
        context.Services.AddSingleton<INotificationHandler<PersonRestored>>(provider => provider.GetRequiredService<Heard>());
        context.Services.AddSingleton<INotificationHandler<PersonChanged>>(provider => provider.GetRequiredService<Heard>());
        context.Services.AddSingleton<INotificationHandler<PasswordForgotten>>(provider => provider.GetRequiredService<Heard>());
        context.Services.AddSingleton<INotificationHandler<TenantDeleted>>(provider => provider.GetRequiredService<Heard>());
        context.Services.Configure<WebOptions>(web => web.PathBase = "/loyalty-api");
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/accounts", (Caller caller) => new { caller.Tenant, caller.Id, caller.IsPerson })
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty);
        routes.MapGet("/api/campaigns", (Caller caller) => caller.Tenant).Allow(Callers.People, Roles.Loyalty, Roles.LoyaltyCampaign);
        routes.MapGet("/api/my", (Caller caller) => caller.Id).AllowAnyPerson();
        routes.MapGet("/api/open", () => "open").AllowAnonymous();
    }
}

internal sealed class SignInsHeard : INotificationHandler<PersonSignedIn>
{
    public static List<PersonSignedIn> Heard { get; } = [];

    public Task Handle(PersonSignedIn notification, CancellationToken cancellationToken)
    {
        lock (Heard)
            Heard.Add(notification);
        return Task.CompletedTask;
    }
}

/// <summary>What one host has told the modules.</summary>
internal sealed class Heard : INotificationHandler<PersonLeft>, INotificationHandler<PersonRestored>, INotificationHandler<PersonChanged>,
    INotificationHandler<PasswordForgotten>, INotificationHandler<TenantDeleted>
{
    private readonly ConcurrentQueue<INotification> all = new();

    /// <summary>The next notifications fail, so often.</summary>
    public int Failing { get; set; }

    public IReadOnlyList<T> Of<T>() => [.. all.OfType<T>()];

    public Task Handle(PersonLeft notification, CancellationToken cancellationToken) => Take(notification);

    public Task Handle(PersonRestored notification, CancellationToken cancellationToken) => Take(notification);

    public Task Handle(PersonChanged notification, CancellationToken cancellationToken) => Take(notification);

    public Task Handle(PasswordForgotten notification, CancellationToken cancellationToken) => Take(notification);

    public Task Handle(TenantDeleted notification, CancellationToken cancellationToken)
    {
        notification.Removed("things", 3);
        return Take(notification);
    }

    private Task Take(INotification notification)
    {
        all.Enqueue(notification);
        return Failing-- > 0 ? Task.FromException(new InvalidOperationException("A module failed.")) : Task.CompletedTask;
    }
}

/// <summary>A host with Auth alone, on a store of its own or on that of another host.</summary>
internal sealed class AuthHost : IAsyncDisposable
{
    private readonly DirectoryInfo? folder;

    private AuthHost(WebApplication app, DirectoryInfo? folder)
    {
        (App, this.folder) = (app, folder);
        Http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public WebApplication App { get; }

    public HttpClient Http { get; }

    public T Get<T>() where T : notnull => App.Services.GetRequiredService<T>();

    public static Task<AuthHost> StartAsync(params (string Key, string Value)[] settings) => StartAsync<AuthTestModule>(null, null, settings);

    public static Task<AuthHost> StartAsync(IMongoDatabase sharedWith, params (string Key, string Value)[] settings) =>
        StartAsync<AuthTestModule>(sharedWith, null, settings);

    public static async Task<AuthHost> StartAsync<TModule>(IMongoDatabase? sharedWith, TimeProvider? time, params (string Key, string Value)[] settings)
        where TModule : AppModule
    {
        var folder = Directory.CreateTempSubdirectory("loyalty-auth-");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = folder.FullName });
        builder.Configuration["Auth:SignInsPerMinute"] = "0";
        builder.Configuration["Auth:AllowPlainKeys"] = "true";
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Configuration["EmbeddedStore:Path"] = Path.Combine(folder.FullName, "loyalty.db");
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddModules<TModule>();
        if (sharedWith is not null)
            builder.Services.AddSingleton(sharedWith);
        if (time is not null)
            builder.Services.AddSingleton(time);
        var app = builder.Build();
        app.UseModules();
        await app.StartAsync();
        return new AuthHost(app, folder);
    }

    public async Task<Person> GivenPersonAsync(string tenant, string login, string password, params string[] roles)
    {
        await Get<Tenants>().TryCreateAsync(new Tenant(tenant, tenant), default);
        var person = (await Get<People>().TryCreateAsync(new NewPerson(tenant, login, password, roles), default))!;
        await Get<IMongoDatabase>().GetCollection<Person>("auth.people").UpdateOneAsync(stored => stored.Key == person.Key,
            Builders<Person>.Update.Set(stored => stored.PasswordHash, CheapHash(password)));
        return person;
    }

    /// <summary>Note: hundreds of password checks at full cost would be most of the tests' time.</summary>
    private static string CheapHash(string password) => Passwords.Hash(password, 1000);

    public Task GivenClientOfPeopleAsync(string id = "app", string secret = "app-secret-of-tests") =>
        Get<Partners>().TryCreateAsync(new NewPartner(id, secret, [Grant.Password], [], []), default);

    public Task GivenPartnerAsync(string id, string[] tenants, params string[] roles) =>
        Get<Partners>().TryCreateAsync(new NewPartner(id, $"{id}-secret-of-tests", [Grant.ClientCredentials], tenants, roles), default);

    public Task<HttpResponseMessage> SignInAsync(string? tenant, string login, string password, string address = "/connect/token") =>
        AskTokenAsync(address, tenant, "app:app-secret-of-tests", ("grant_type", "password"), ("username", login), ("password", password));

    public Task<HttpResponseMessage> RefreshAsync(string refreshToken, string? tenant = null) =>
        AskTokenAsync("/connect/token", tenant, "app:app-secret-of-tests", ("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public async Task<string> TokenOfPartnerAsync(string id) =>
        (await JsonAsync(await AskTokenAsync("/connect/token", null, $"{id}:{id}-secret-of-tests", ("grant_type", "client_credentials")))).Text("access_token");

    public async Task<string> TokenOfPersonAsync(string tenant, string login, string password) =>
        (await JsonAsync(await SignInAsync(tenant, login, password))).Text("access_token");

    /// <summary>The deployment's own administrator, whose password this host made up at its first start.</summary>
    public async Task<string> TokenOfAdministratorAsync()
    {
        await GivenClientOfPeopleAsync();
        return await TokenOfPersonAsync("system", "admin", Get<FirstStart>().AdministratorPassword!);
    }

    public async Task<HttpResponseMessage> AskTokenAsync(string address, string? tenant, string? basic, params (string Key, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Key, field.Value)));
        if (basic is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        if (tenant is not null)
            request.Headers.TryAddWithoutValidation("x-tenant", tenant);
        return await Http.SendAsync(request);
    }

    /// <summary>Asks again and again, for what happens in the background soon.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T?>> ask) where T : class
    {
        for (var round = 0; round < 600; round++)
        {
            if (await ask() is { } found)
                return found;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException("It did not happen within half a minute.");
    }

    public async Task<HttpResponseMessage> CallAsync(string address, string? token, string? tenant = null, HttpMethod? method = null, object? body = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (tenant is not null)
            request.Headers.TryAddWithoutValidation("x-tenant", tenant);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await Http.SendAsync(request);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public static JsonElement Decode(string jwt)
    {
        var part = jwt.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonDocument.Parse(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '='))).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        folder?.Delete(recursive: true);
    }
}

internal static class JsonReading
{
    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
