using FsCheck.Xunit;
using Loyalty.Outbox;

namespace Loyalty.Tests.Outbox;

public sealed class RetryDelayTests
{
    private static readonly OutboxOptions Options = new();

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 15)]
    [InlineData(3, 45)]
    [InlineData(4, 135)]
    [InlineData(8, 10_935)]
    [InlineData(9, 14_400)]
    [InlineData(16, 14_400)]
    [InlineData(1_000_000, 14_400)]
    public void It_waits_three_times_as_long_after_each_failure_up_to_a_limit(int failures, double seconds) =>
        Assert.Equal(seconds, RetryDelay.After(failures, Options, 0.5).TotalSeconds, 3);

    [Property]
    public void Up_to_a_fifth_more_or_less(byte failures, double chance)
    {
        var share = double.IsFinite(chance) ? Math.Abs(chance % 1) : 0;
        var (wait, middle) = (RetryDelay.After(failures + 1, Options, share), RetryDelay.After(failures + 1, Options, 0.5));

        Assert.InRange(wait.TotalSeconds, middle.TotalSeconds * 0.8 - 0.001, middle.TotalSeconds * 1.2 + 0.001);
    }

    [Fact]
    public void All_attempts_together_take_about_a_day_and_a_half() =>
        Assert.InRange(Enumerable.Range(1, Options.Attempts - 1).Sum(failures => RetryDelay.After(failures, Options, 0.5).TotalHours), 30, 40);
}
