using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Loyalty.Passes;

/// <summary>Fault injection: kills the process at a named point (<c>Events:CrashAt</c>). Development only.</summary>
internal sealed class CrashPoints(IConfiguration configuration, IHostEnvironment environment)
{
    public const string AfterAppend = "after-append";
    public const string AfterRecord = "after-record";
    public const string WhileApplying = "while-applying";
    public const string WhileRedoing = "while-redoing";

    /// <summary>When the next pass's record is stored and the inbox updates of the pass before it are not written.</summary>
    public const string BeforeInboxUpdates = "before-inbox-updates";

    private readonly string? armed = environment.IsDevelopment() ? configuration["Events:CrashAt"] : null;

    public void At(string point)
    {
        if (armed is not null && armed == point)
            Process.GetCurrentProcess().Kill();
    }

    /// <summary>Keeps what follows from being done before the process ends at this point.</summary>
    public Task HoldBackAsync(string point) => armed is not null && armed == point ? Task.Delay(Timeout.Infinite) : Task.CompletedTask;
}
