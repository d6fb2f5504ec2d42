using System.Text.Json.Serialization;
using Loyalty.Events.Contracts;

namespace Loyalty.Accounts.Contracts;

public enum RateRounding
{
    /// <summary>Only what is full counts: 13.99 at 1 for each 1 is 13.</summary>
    Down,

    /// <summary>To the nearest, halves up: 13.50 is 14.</summary>
    Nearest,

    /// <summary>What is begun counts: 13.01 is 14.</summary>
    Up,

    /// <summary>In proportion, to four decimals.</summary>
    None,
}

/// <summary>So much for every so much of the worth of orders.</summary>
public sealed record WalletRate
{
    /// <summary>What is given for each <c>per</c>: more than 0.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public required decimal Give { get; init; }

    /// <summary>Of the orders' worth, in the tenant's currency: more than 0.</summary>
    [JsonConverter(typeof(MoneyConverter))]
    public required decimal Per { get; init; }

    /// <summary>How many times <c>per</c> is in the orders' worth: DOWN (only full ones), NEAREST, UP or NONE (in proportion).</summary>
    public RateRounding Round { get; init; }

    /// <summary>What orders of this worth earn. Pure.</summary>
    public decimal AmountFor(decimal worth)
    {
        var times = Math.Max(worth, 0) / Per;
        var counted = Round switch
        {
            RateRounding.Down => Math.Floor(times),
            RateRounding.Nearest => Math.Round(times, 0, MidpointRounding.AwayFromZero),
            RateRounding.Up => Math.Ceiling(times),
            _ => times,
        };
        return Math.Round(counted * Give, 4, MidpointRounding.AwayFromZero);
    }
}

/// <summary>An order that earns by its worth.</summary>
/// <param name="Order">Its id.</param>
public sealed record OrderWorth(string Order, decimal Worth);
