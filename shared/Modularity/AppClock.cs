using Loyalty.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Loyalty.Modularity;

/// <summary>
/// The application's clock: the system's. In Development <c>Clock:Ahead</c>, an ISO 8601 duration, moves it, so that what happens in a
/// month can be seen today.
/// </summary>
public sealed class AppClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

    internal static TimeProvider Of(IConfiguration configuration, IHostEnvironment environment) =>
        environment.IsDevelopment() && configuration["Clock:Ahead"] is { Length: > 0 } ahead ? new AppClock(Read(ahead)) : System;

    /// <summary>Note: months go by the calendar from the moment at which the host starts.</summary>
    private static TimeSpan Read(string ahead)
    {
        var now = System.GetUtcNow();
        return CalendarPeriod.Read(ahead)?.AddTo(now, Zone.Utc) - now
            ?? throw new InvalidOperationException($"Clock:Ahead: \"{ahead}\" is no ISO 8601 duration such as P30D.");
    }
}
