namespace Loyalty.Time;

/// <summary>Fractions of a second.</summary>
internal static class Fractions
{
    private const int DigitsOfTick = 7;

    /// <summary>The digits behind a decimal sign, in ticks. Note: what is smaller than a tick is left out.</summary>
    public static int TicksOf(ReadOnlySpan<char> digits)
    {
        var ticks = 0;
        for (var place = 0; place < DigitsOfTick; place++)
            ticks = ticks * 10 + (place < digits.Length ? digits[place] - '0' : 0);
        return ticks;
    }
}
