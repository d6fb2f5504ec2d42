namespace Loyalty.ApiTests.Fuzz;

/// <summary>What the dice say: the same for the same seed.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    public bool Percent(int chance) => random.Next(100) < chance;

    public int Below(int limit) => random.Next(limit);

    public int Between(int least, int most) => random.Next(least, most + 1);

    public T Of<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
