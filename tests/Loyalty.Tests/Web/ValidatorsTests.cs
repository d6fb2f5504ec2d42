using Loyalty.Modularity;
using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Tests.Web;

public sealed class ValidatorsTests
{
    [Fact]
    public async Task A_body_without_a_validator_fails_the_start_and_is_named_with_its_route()
    {
        await using var app = TryOutHost.Build<Careless>("Production");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains($"{typeof(Unguarded)} (/api/unguarded)", error.Message, StringComparison.Ordinal);
    }

    private sealed record Unguarded(string Text);

    [DependsOn(typeof(WebModule))]
    private sealed class Careless : AppModule
    {
        public override void MapEndpoints(IEndpointRouteBuilder routes) =>
            routes.MapApi("/api").MapPost("/unguarded", (Unguarded body) => TypedResults.Ok());
    }
}
