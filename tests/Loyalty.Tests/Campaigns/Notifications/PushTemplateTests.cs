using FsCheck.Xunit;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Time;

namespace Loyalty.Tests.Campaigns;

public sealed class PushTemplateTests
{
    private static readonly PushFacts Known = new(
        Given.Account() with
        {
            Card = "c-1",
            Header = new AccountHeader { FirstName = "Alice", Birthdate = new DateOnly(1990, 2, 28) },
            Properties = new Dictionary<string, string> { ["my_size"] = "L", ["my.shop"] = "old town", ["nested"] = "{{firstName}}" },
            Counters = new Dictionary<string, decimal> { ["wallet"] = 12.50m },
        },
        "Spring", Given.Coupon() with { ValidTo = new DateTimeOffset(2026, 3, 15, 23, 30, 0, TimeSpan.Zero) }, Zone.Of("Europe/Warsaw"));

    [Theory]
    [InlineData("Nothing to put in", "Nothing to put in")]
    [InlineData("Hello {{firstName}}!", "Hello Alice!")]
    [InlineData("Hello {{ header.firstName | friend }}!", "Hello Alice!")]
    [InlineData("Hello {{lastName|friend}}!", "Hello friend!")]
    [InlineData("Hello {{lastName}}!", "Hello !")]
    [InlineData("{{properties.my_size}} {{properties.my.shop}} {{properties.none|-}}", "L old town -")]
    [InlineData("{{counters.wallet}} {{counters.none|0}}", "12.5 0")]
    [InlineData("{{coupon.code}} until {{coupon.validTo}}", "SPRING-1 until 2026-03-16")]
    [InlineData("{{campaign.name}} {{card}} {{mgm}} {{birthdate}}", "Spring c-1 ALICE 1990-02-28")]
    // What is put in is not read again.
    [InlineData("{{properties.nested}}", "{{firstName}}")]
    public void Placeholders_give_way_to_what_is_known(string text, string expected)
    {
        Assert.Null(PushTemplate.Fault(text));
        Assert.Equal(expected, PushTemplate.Render(text, Known));
    }

    [Theory]
    [InlineData("Hello {{fristName}}")]
    [InlineData("Hello {{firstName")]
    [InlineData("Hello firstName}}")]
    [InlineData("Hello {{}}")]
    [InlineData("Hello {{|friend}}")]
    [InlineData("Hello {{coupon.password}}")]
    [InlineData("Hello {{header.nothing}}")]
    public void What_cannot_be_put_in_is_refused_when_the_campaign_is_saved(string text)
    {
        Assert.NotNull(PushTemplate.Fault(text));
        var definition = Example.Campaign with { Notifications = [new DynamicJoinNotificationDefinition { Title = "Fine", Message = text }] };
        Assert.Contains(new CampaignRules().Validate(definition).Errors, error => error.PropertyName.EndsWith("message", StringComparison.OrdinalIgnoreCase));
    }

    [Property]
    public void Any_text_is_either_refused_or_rendered_without_placeholders(string? text, bool isKnown)
    {
        var (wanted, facts) = (text ?? "", isKnown ? Known : Known with { Account = Given.Account(), Coupon = null });
        if (PushTemplate.Fault(wanted) is null)
            Assert.DoesNotContain("{{", PushTemplate.Render(wanted, facts), StringComparison.Ordinal);
    }
}
