using System.Collections.Concurrent;
using Loyalty.Modularity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Modularity;

public sealed class ModularApplicationTests
{
    [Fact]
    public async Task Modules_are_configured_and_started_in_order_and_stopped_in_reverse()
    {
        var diary = new ConcurrentQueue<string>();
        await using var app = Build<Second>(diary);

        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["First configured", "Second configured", "First started", "Second started", "Second stopped", "First stopped"], diary);
    }

    [Fact]
    public async Task A_module_that_fails_to_start_is_named_and_only_the_started_ones_are_stopped()
    {
        var diary = new ConcurrentQueue<string>();
        await using var app = Build<Failing>(diary);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        await app.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Failing could not start: no index", error.Message);
        Assert.Equal(["First configured", "First started", "First stopped"], diary);
    }

    [Fact]
    public void A_module_that_fails_to_configure_is_named()
    {
        var error = Assert.Throws<InvalidOperationException>(() => WebApplication.CreateBuilder().AddModules<Misconfigured>());

        Assert.Equal("Misconfigured could not configure its services: no setting", error.Message);
    }

    private static WebApplication Build<TRoot>(ConcurrentQueue<string> diary) where TRoot : AppModule
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(diary).AddRouting().AddSingleton<IServer, NoServer>();
        Diary.Value = diary;
        builder.AddModules<TRoot>();
        var app = builder.Build();
        app.UseModules();
        return app;
    }

    private static readonly AsyncLocal<ConcurrentQueue<string>> Diary = new();

    private abstract class Writing : AppModule
    {
        public override void ConfigureServices(ModuleContext context) => Write("configured");

        public override Task OnStartAsync(IServiceProvider services, CancellationToken stopping) => Write("started");

        public override Task OnStopAsync(IServiceProvider services, CancellationToken stopping) => Write("stopped");

        private Task Write(string what)
        {
            Diary.Value!.Enqueue($"{GetType().Name} {what}");
            return Task.CompletedTask;
        }
    }

    private sealed class First : Writing;

    [DependsOn(typeof(First))]
    private sealed class Second : Writing;

    [DependsOn(typeof(First))]
    private sealed class Failing : AppModule
    {
        public override Task OnStartAsync(IServiceProvider services, CancellationToken stopping) => throw new NotSupportedException("no index");
    }

    private sealed class Misconfigured : AppModule
    {
        public override void ConfigureServices(ModuleContext context) => throw new NotSupportedException("no setting");
    }
}
