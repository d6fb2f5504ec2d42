using Loyalty.Passes.Deciding;
using Microsoft.Extensions.Time.Testing;

namespace Loyalty.Tests.Passes;

/// <summary>What callers hand to the next pass, and what they get back to be stored first.</summary>
public sealed class DirectQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider time = new();
    private readonly DirectQueue queue;

    public DirectQueueTests()
    {
        queue = new DirectQueue(new PassSignal(), time);
        queue.Open();
    }

    [Fact]
    public async Task Where_this_host_does_not_decide_nothing_is_taken_in()
    {
        queue.Close();
        Assert.False(await Offer("a"));
        Assert.Empty(queue.Take(100));
    }

    [Fact]
    public async Task What_a_pass_has_recorded_is_decided_and_nothing_takes_that_back()
    {
        var offered = Offer("a", "b");
        var batch = Assert.Single(queue.Take(100));
        batch.Decided();
        batch.GiveBack();
        Assert.True(await offered);
    }

    [Fact]
    public async Task What_a_pass_did_not_decide_is_given_back()
    {
        var offered = Offer("a");
        queue.Take(100)[0].GiveBack();
        Assert.False(await offered);
    }

    [Fact]
    public void A_pass_takes_whole_batches_in_order_as_far_as_they_fit()
    {
        _ = Offer("a", "b");
        _ = Offer("c", "d", "e");
        _ = Offer("f");
        Assert.Equal(IdsOf("a", "b"), queue.Take(4).SelectMany(batch => batch.Ids));
        Assert.Equal(IdsOf("c", "d", "e", "f"), queue.Take(4).SelectMany(batch => batch.Ids));
    }

    [Fact]
    public async Task A_batch_that_is_larger_than_what_is_left_of_a_pass_is_given_back()
    {
        var offered = Offer("a", "b", "c");
        Assert.Empty(queue.Take(2));
        Assert.False(await offered);
    }

    [Fact]
    public void Two_batches_with_the_same_id_do_not_come_into_the_same_pass()
    {
        _ = Offer("a", "b");
        _ = Offer("b", "c");
        Assert.Equal(IdsOf("a", "b"), Assert.Single(queue.Take(100)).Ids);
        Assert.Equal(IdsOf("b", "c"), Assert.Single(queue.Take(100)).Ids);
    }

    [Fact]
    public async Task A_batch_that_names_an_id_twice_is_given_back()
    {
        var offered = Offer("a", "a");
        Assert.Empty(queue.Take(100));
        Assert.False(await offered);
    }

    [Fact]
    public async Task A_caller_who_has_waited_long_enough_gets_the_batch_back()
    {
        var offered = Offer("a");
        time.Advance(Patience);
        Assert.False(await offered);
        Assert.Empty(queue.Take(100));
    }

    [Fact]
    public async Task When_this_host_decides_no_more_all_are_given_back()
    {
        Task<bool>[] offered = [Offer("a"), Offer("b")];
        queue.Close();
        Assert.DoesNotContain(true, await Task.WhenAll(offered));
    }

    private static IEnumerable<string> IdsOf(params IEnumerable<string> ids) => ids.Select(id => EntryId.Of("demo", id));

    private Task<bool> Offer(params string[] ids) => queue.OfferAsync(
        [.. ids.Select((id, position) => InboxEntry.Of(new NewEntry("demo", id, "LOGIN", "anna", DateTimeOffset.UnixEpoch, "{}"), DateTimeOffset.UnixEpoch, position))],
        Patience);
}
