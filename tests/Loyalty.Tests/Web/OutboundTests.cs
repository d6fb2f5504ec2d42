using System.Net;
using FsCheck.Xunit;
using Loyalty.Web.Outbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Web;

/// <summary>Where calls to addresses that tenants have named may go.</summary>
public sealed class OutboundTests
{
    private static readonly OutboundRules Production = new(AllowsPrivate: false, AllowsLoopback: false);
    private static readonly OutboundRules Development = new(AllowsPrivate: false, AllowsLoopback: true);
    private static readonly OutboundRules Closed = new(AllowsPrivate: true, AllowsLoopback: false);

    [Theory]
    [InlineData("https://push.example.com/loyalty", true, true)]
    [InlineData("https://push.example.com:8443/", true, true)]
    [InlineData("https://8.8.8.8/x", true, true)]
    [InlineData("https://[2606:4700::1111]/x", true, true)]
    [InlineData("http://push.example.com/loyalty", false, false)]
    [InlineData("http://localhost:8080/x", false, true)]
    [InlineData("http://127.0.0.1:8080/x", false, true)]
    [InlineData("https://127.1.2.3/x", false, true)]
    [InlineData("https://[::1]/x", false, true)]
    [InlineData("https://[::ffff:127.0.0.1]/x", false, true)]
    [InlineData("https://10.0.0.1/x", false, false)]
    [InlineData("https://0x0a.1/x", false, false)]
    [InlineData("https://167772161/x", false, false)]
    [InlineData("https://192.168.1.1/x", false, false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false, false)]
    [InlineData("https://[fd00::1]/x", false, false)]
    [InlineData("https://[::ffff:10.0.0.1]/x", false, false)]
    [InlineData("https://user:secret@push.example.com/", false, false)]
    [InlineData("https://push.example.com/#part", false, false)]
    [InlineData("ftp://push.example.com/", false, false)]
    [InlineData("file:///etc/passwd", false, false)]
    [InlineData("gopher://10.0.0.1/", false, false)]
    [InlineData("/relative", false, false)]
    [InlineData("", false, false)]
    public void An_address_is_judged_when_it_is_set(string url, bool inProduction, bool inDevelopment)
    {
        Assert.Equal(inProduction, Production.Fault(url) is null);
        Assert.Equal(inDevelopment, Development.Fault(url) is null);
    }

    [Theory]
    [InlineData("1.1.1.1", AddressKind.Public)]
    [InlineData("172.15.255.255", AddressKind.Public)]
    [InlineData("172.16.0.0", AddressKind.Private)]
    [InlineData("172.31.255.255", AddressKind.Private)]
    [InlineData("172.32.0.0", AddressKind.Public)]
    [InlineData("100.64.0.1", AddressKind.Private)]
    [InlineData("fd12:3456::1", AddressKind.Private)]
    [InlineData("::ffff:192.168.0.1", AddressKind.Private)]
    [InlineData("127.255.255.255", AddressKind.Loopback)]
    [InlineData("::1", AddressKind.Loopback)]
    [InlineData("::ffff:127.0.0.1", AddressKind.Loopback)]
    [InlineData("0.0.0.0", AddressKind.Forbidden)]
    [InlineData("::", AddressKind.Forbidden)]
    [InlineData("::10.0.0.1", AddressKind.Forbidden)]
    [InlineData("::ffff:0:10.0.0.1", AddressKind.Forbidden)]
    [InlineData("::ffff:0:127.0.0.1", AddressKind.Forbidden)]
    [InlineData("::ffff:0:8.8.8.8", AddressKind.Forbidden)]
    [InlineData("64:ff9b:1::a00:1", AddressKind.Forbidden)]
    [InlineData("2606:4700::5efe:10.0.0.1", AddressKind.Forbidden)]
    [InlineData("2606:4700::200:5efe:10.0.0.1", AddressKind.Forbidden)]
    [InlineData("3fff::1", AddressKind.Forbidden)]
    [InlineData("5f00::1", AddressKind.Forbidden)]
    [InlineData("100::1", AddressKind.Forbidden)]
    [InlineData("1::1", AddressKind.Forbidden)]
    [InlineData("2001:4860:4860::8888", AddressKind.Public)]
    [InlineData("169.254.169.254", AddressKind.Forbidden)]
    [InlineData("fe80::1", AddressKind.Forbidden)]
    [InlineData("224.0.0.1", AddressKind.Forbidden)]
    [InlineData("255.255.255.255", AddressKind.Forbidden)]
    [InlineData("64:ff9b::a00:1", AddressKind.Forbidden)]
    [InlineData("2002:a00:1::", AddressKind.Forbidden)]
    [InlineData("2001:0:a00:1::", AddressKind.Forbidden)]
    [InlineData("2606:4700::1111", AddressKind.Public)]
    public void Addresses_are_told_apart(string address, object kind) => Assert.Equal((AddressKind)kind, AddressKinds.Of(IPAddress.Parse(address)));

    [Fact]
    public void A_deployment_may_allow_its_own_networks_but_never_where_clouds_keep_their_secrets()
    {
        Assert.Null(Closed.Fault("https://10.0.0.1/x"));
        Assert.NotNull(Closed.Fault("https://169.254.169.254/x"));
        Assert.NotNull(Closed.Fault("https://127.0.0.1/x"));
    }

    [Property]
    public void No_address_within_a_private_network_passes_in_any_disguise(byte second, byte third, byte fourth)
    {
        IPAddress[] inside = [new([10, second, third, fourth]), new([192, 168, third, fourth]), new([127, second, third, fourth]), new([169, 254, third, fourth])];

        Assert.All(inside, address => Assert.False(Production.Allows(address)));
        Assert.All(inside, address => Assert.False(Production.Allows(address.MapToIPv6())));
        string[] disguises = ["::", "::ffff:0:", "64:ff9b::", "64:ff9b:1::", "2606:4700::5efe:", "2606:4700::200:5efe:"];
        Assert.All(disguises.SelectMany(_ => inside, (before, address) => IPAddress.Parse(before + address)), address => Assert.False(Closed.Allows(address)));
        Assert.All(inside, address => Assert.False(Closed.Allows(IPAddress.Parse($"2002:{Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 2))}:{Convert.ToHexString(address.GetAddressBytes().AsSpan(2, 2))}::1"))));
    }

    [Fact]
    public async Task What_counts_is_where_the_connection_goes_whatever_the_name_said_before()
    {
        await using var server = await ServerAsync();
        var port = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        var asked = 0;
        using var http = OutboundHttp.Create(Production, (_, _) =>
        {
            asked++;
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        });

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => GetAsync(http, $"http://push.example.com:{port}/"));

        Assert.Contains("leads to no address that may be called", $"{refused}", StringComparison.Ordinal);
        Assert.Equal(1, asked);
        using var allowed = OutboundHttp.Create(Development, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.255.255.1"), IPAddress.Loopback]));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(allowed, $"http://push.example.com:{port}/")).StatusCode);
    }

    [Fact]
    public async Task A_name_that_leads_inside_and_one_that_leads_nowhere_look_the_same()
    {
        Func<string, CancellationToken, Task<IPAddress[]>>[] ways =
        [
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.Parse("::ffff:0:10.0.0.1")]),
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
            (_, _) => Task.FromResult<IPAddress[]>([]),
            (_, _) => Task.FromException<IPAddress[]>(new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound)),
            (_, _) => Task.FromException<IPAddress[]>(new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.TryAgain)),
        ];
        var seen = new HashSet<string>();
        foreach (var way in ways)
        {
            using var http = OutboundHttp.Create(Production, way);
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(http, "https://push.example.com/"));
            Assert.IsNotType<OutboundRefusedException>(error.InnerException);
            seen.Add($"{error.HttpRequestError} {error.Message}");
        }
        Assert.Single(seen);
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var server = await ServerAsync();
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var http = OutboundHttp.Create(Development);

        Assert.Equal(HttpStatusCode.Found, (await GetAsync(http, $"{address}/away")).StatusCode);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpMessageInvoker http, string url) =>
        http.SendAsync(new HttpRequestMessage(HttpMethod.Get, url), TestContext.Current.CancellationToken);

    private static async Task<WebApplication> ServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => "here");
        app.MapGet("/away", () => Results.Redirect("/"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
