namespace Loyalty.Events;

internal static class Money
{
    public const string Bounds = "An amount lies between -1000000000 and 1000000000 and has at most 6 decimals.";

    public static bool IsInBounds(decimal amount) => Math.Abs(amount) <= 1_000_000_000m && amount.Scale <= 6;

    public static bool IsInBounds(decimal? amount) => amount is null || IsInBounds(amount.Value);
}
