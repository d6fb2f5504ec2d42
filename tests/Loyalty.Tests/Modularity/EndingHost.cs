using System.Diagnostics;
using Loyalty.Modularity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loyalty.Tests.Modularity;

/// <summary>A small host in a process of its own that is told to stop as soon as it has started.</summary>
internal static class EndingHost
{
    public const string Variable = "LOYALTY_TESTS_ENDING_HOST";

    public static Task<int> RunAsync(string ending) => ModularHost.GuardAsync(async () =>
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRouting().AddSingleton<IServer, NoServer>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        if (ending == nameof(StuckService))
            builder.Services.AddHostedService<StuckService>();
        if (ending == nameof(LateService))
            builder.Services.AddHostedService<LateService>();
        if (ending == nameof(FailingService))
            builder.Services.AddHostedService<FailingService>();
        if (ending == nameof(StuckModule))
            builder.AddModules<StuckModule>();
        else if (ending == nameof(BrokenModule))
            builder.AddModules<BrokenModule>();
        else
            builder.AddModules<QuietModule>();
        var app = builder.Build();
        app.UseModules();
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);
        return await app.RunModulesAsync();
    });

    /// <summary>What a host that ends so writes to stderr, and its exit code.</summary>
    public static async Task<(int ExitCode, string Errors)> SeeAsync(string ending, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(EndingHost).Assembly.Location])
        {
            RedirectStandardError = true,
        };
        start.Environment[Variable] = ending;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, errors.TrimEnd());
    }

    internal sealed class QuietModule : AppModule;

    internal sealed class StuckModule : AppModule
    {
        public override Task OnStopAsync(IServiceProvider services, CancellationToken stopping) =>
            Task.Delay(Timeout.Infinite, CancellationToken.None);
    }

    internal sealed class BrokenModule : AppModule
    {
        public override Task OnStartAsync(IServiceProvider services, CancellationToken stopping) =>
            throw new NotSupportedException("first\nsecond");
    }

    internal sealed class StuckService : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Thread.Sleep(Timeout.Infinite);
            return Task.CompletedTask;
        }
    }

    internal sealed class LateService : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
    }

    internal sealed class FailingService : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new NotSupportedException("no more");
        }
    }
}
