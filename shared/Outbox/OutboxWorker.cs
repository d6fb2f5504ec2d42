using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loyalty.Outbox;

/// <summary>Delivers what is due, on every host: each receiver on a line of its own, so that a slow one holds up nobody else.</summary>
internal sealed class OutboxWorker(OutboxStore store, OutboxLine line, OutboxSignal signal, TimeProvider time, ILogger<OutboxWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> resting = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Note: what is being delivered when the host stops is finished; it takes no longer than the time-out.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var receiver in await store.ReceiversAsync(stoppingToken))
                    Start(receiver, stoppingToken);
                await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception error)
            {
                log.LogWarning(error, "The outbox could not be read; it is tried again");
                await Task.Delay(AfterFailure, time, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
        await Task.WhenAll(running.Values);
    }

    private void Start(string receiver, CancellationToken stopping)
    {
        if (running.ContainsKey(receiver) || resting.TryGetValue(receiver, out var until) && until > time.GetUtcNow())
            return;
        var started = new TaskCompletionSource();
        running[receiver] = started.Task;
        _ = Task.Run(() => RunAsync(receiver, started, stopping), CancellationToken.None);
    }

    private async Task RunAsync(string receiver, TaskCompletionSource started, CancellationToken stopping)
    {
        try
        {
            if (await line.RunAsync(receiver, stopping) is { } rest)
                resting[receiver] = rest;
            else
                resting.TryRemove(receiver, out _);
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning(error, "Deliveries to {Receiver} were interrupted; they are taken up again", receiver);
            resting[receiver] = time.GetUtcNow() + AfterFailure;
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            running.TryRemove(receiver, out _);
            started.SetResult();
        }
    }
}
