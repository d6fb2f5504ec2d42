using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loyalty.Modularity;

/// <summary>
/// Runs the program to its end. Exit code 0: it was told to stop. 1: it could not start, or it failed; one line on
/// stderr says why.
/// </summary>
public static class ModularHost
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);

    /// <summary>Runs the whole program, from reading the configuration on.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> program)
    {
        try
        {
            return await program();
        }
        catch (Exception error) when (error is not HostAbortedException)
        {
            await Console.Error.WriteLineAsync($"The host cannot run: {Failure.Describe(error)}");
            return CodeOr(1);
        }
    }

    /// <summary>
    /// Starts the application and waits for its end. Note: it ends within the shutdown time-out, whatever holds it.
    /// </summary>
    public static async Task<int> RunModulesAsync(this WebApplication app)
    {
        var progress = app.Services.GetRequiredService<HostProgress>();
        var limit = app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        var deadline = new StopDeadline(limit, StopGrace, progress, Console.Error, Environment.Exit);
        app.Lifetime.ApplicationStopping.Register(deadline.Begin);
        await using (app)
            return await StartAsync(app, progress) ? await StopAsync(app, limit, progress) : CodeOr(0);
    }

    /// <summary>False: the host was told to stop before it had started.</summary>
    private static async Task<bool> StartAsync(WebApplication app, HostProgress progress)
    {
        try
        {
            await app.StartAsync();
            progress.Started();
            return true;
        }
        catch (Exception) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await StopStartedAsync(app);
            return false;
        }
        catch (Exception error)
        {
            app.Logger.LogDebug(error, "The start failed");
            app.Lifetime.StopApplication();
            await StopStartedAsync(app);
            throw;
        }
    }

    /// <summary>
    /// Stops in order what has started, so that it does not fail over services that are gone. Why the start ended is
    /// told, not what follows from it.
    /// </summary>
    private static async Task StopStartedAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception error)
        {
            app.Logger.LogDebug(error, "What had started did not stop in order");
        }
    }

    private static async Task<int> StopAsync(WebApplication app, TimeSpan limit, HostProgress progress)
    {
        try
        {
            await app.WaitForShutdownAsync();
        }
        catch (Exception error) when (IsTimeOut(error))
        {
            await Console.Error.WriteLineAsync(
                $"The host did not stop within {limit.TotalSeconds:0.#} s. It was held by {progress.Slowest}.");
            return CodeOr(1);
        }
        var services = app.Services.GetServices<IHostedService>().OfType<BackgroundService>();
        if (services.FirstOrDefault(service => service.ExecuteTask is { IsFaulted: true }) is not { } failed)
            return Environment.ExitCode;
        var cause = failed.ExecuteTask!.Exception!.InnerException!;
        await Console.Error.WriteLineAsync($"{failed.GetType().Name} failed: {Failure.Describe(cause)}");
        return CodeOr(1);
    }

    /// <summary>What ended the host may have said how; what failed after it, as it ended, says no better.</summary>
    private static int CodeOr(int code) => Environment.ExitCode == 0 ? code : Environment.ExitCode;

    private static bool IsTimeOut(Exception error) =>
        error is OperationCanceledException
        || error is AggregateException several && several.InnerExceptions.Any(IsTimeOut);
}
