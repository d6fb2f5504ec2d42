namespace Loyalty.Auth;

/// <summary>What this start made that nobody can know yet; the host shows it once.</summary>
public sealed class FirstStart
{
    public string? AdministratorLogin { get; internal set; }

    /// <summary>The password made up for the first administrator; null when there was one before or the configuration names it.</summary>
    public string? AdministratorPassword { get; internal set; }
}
