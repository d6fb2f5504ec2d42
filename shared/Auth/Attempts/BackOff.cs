namespace Loyalty.Auth;

/// <summary>How many attempts are free, and how long to wait after that: twice as long each time.</summary>
internal sealed record BackOff(int Free, TimeSpan First, TimeSpan Longest)
{
    /// <summary>One login from one address: somebody who forgot their password, or guesses it.</summary>
    public static BackOff Pair { get; } = new(5, TimeSpan.FromSeconds(15), TimeSpan.FromHours(1));

    /// <summary>One login from anywhere: a guess by many machines. Note: generous and short, so that nobody locks somebody else out for long.</summary>
    public static BackOff Login { get; } = new(50, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    /// <summary>One address for any login: many logins tried with one password. Note: a whole office may stand behind one address.</summary>
    public static BackOff Address { get; } = new(100, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15));

    public TimeSpan After(int failures) => failures < Free
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(failures - Free, 30)), Longest.TotalSeconds));
}
