using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Loyalty.Events;

/// <summary>
/// Lets a test end this process at an exact point, as a power cut would. Armed by <c>Events:StopDeadAt</c>, in Development only.
/// </summary>
internal sealed class StopDead(IConfiguration configuration, IHostEnvironment environment)
{
    public const string AfterAppend = "after-append";
    public const string AfterRecord = "after-record";
    public const string WhileApplying = "while-applying";
    public const string WhileRedoing = "while-redoing";

    private readonly string? armed = environment.IsDevelopment() ? configuration["Events:StopDeadAt"] : null;

    public void At(string point)
    {
        if (armed is not null && armed == point)
            Process.GetCurrentProcess().Kill();
    }
}
