using System.Xml;
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
        environment.IsDevelopment() && configuration["Clock:Ahead"] is { Length: > 0 } ahead ? new AppClock(XmlConvert.ToTimeSpan(ahead)) : System;
}
