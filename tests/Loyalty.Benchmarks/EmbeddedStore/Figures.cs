using System.Diagnostics;
using System.Globalization;

namespace Loyalty.Benchmarks.EmbeddedStore;

/// <summary>Times things and prints them: a ratio against a baseline measured in the same run says more than a number from one machine.</summary>
internal static class Figures
{
    /// <summary>Runs both in turn and answers the medians, in operations a second.</summary>
    public static async Task<(double Ours, double Baseline)> CompareAsync(int rounds, int operations, Func<int, Task> ours, Func<int, Task> baseline)
    {
        await ours(operations / 4);
        await baseline(operations / 4);
        var ourRates = new List<double>();
        var baselineRates = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            ourRates.Add(operations / await SecondsOfAsync(() => ours(operations)));
            baselineRates.Add(operations / await SecondsOfAsync(() => baseline(operations)));
        }
        return (Median(ourRates), Median(baselineRates));
    }

    public static void Print(string what, (double Ours, double Baseline) rates, double aim) =>
        Print(what, string.Create(CultureInfo.InvariantCulture,
            $"{rates.Ours,9:N0}/s against {rates.Baseline,9:N0}/s, ratio {rates.Ours / rates.Baseline:0.00} (aim {aim:0.00})"));

    public static void Print(string what, string figure) => Console.WriteLine($"{what,-52} {figure}");

    public static async Task<double> SecondsOfAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static double Percentile(List<double> values, double share)
    {
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }

    private static double Median(List<double> values) => Percentile(values, 0.5);
}
