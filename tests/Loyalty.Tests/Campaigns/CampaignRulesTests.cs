using System.Globalization;
using System.Text;
using Loyalty.Campaigns;
using Loyalty.Web;

namespace Loyalty.Tests.Campaigns;

public sealed class CampaignRulesTests
{
    private static readonly CampaignRules Rules = MakeRules();

    [Fact]
    public void A_campaign_with_everything_is_accepted() => Assert.Empty(Faults(Example.Campaign));

    /// <summary>Values in short: <c>text:n</c> is a text of n characters, <c>list:n</c> a list of n texts, <c>map:n</c> a map of n entries.</summary>
    [Theory]
    [InlineData("id", "text:64")]
    [InlineData("name", "text:3")]
    [InlineData("name", "text:128")]
    [InlineData("activeTo", null)]
    [InlineData("activeFrom", null)]
    [InlineData("notifications", null)]
    [InlineData("notifications", "[]")]
    [InlineData("constraints/0/value/0", "\"-12.5\"")]
    [InlineData("constraints/1/value/0", "\"2026-02-28T12:00:00Z\"")]
    [InlineData("constraints/2/value", "[\"false\"]")]
    [InlineData("constraints/0", "{\"field\":\"header.birthdate\",\"op\":\"LT\",\"value\":[\"2000-02-29\"]}")]
    [InlineData("constraints/0", "{\"field\":\"properties.x\",\"op\":\"IN\",\"value\":[]}")]
    [InlineData("states/0/addTags", "list:64")]
    [InlineData("states/0/properties/my_level", "text:1024")]
    [InlineData("states/0/counters/points", "-1000000000")]
    [InlineData("states/0/constraints", null)]
    [InlineData("states/1/prefix", "text:16")]
    [InlineData("states/1/uses", "1")]
    [InlineData("states/1/uses", "100")]
    [InlineData("states/1/uses", null)]
    [InlineData("states/1/validFor", "\"P36525D\"")]
    [InlineData("states/1/validFor", "\"PT1S\"")]
    [InlineData("states/1/data", null)]
    [InlineData("states/1/data/extra", "map:32")]
    [InlineData("states/2/title", "text:256")]
    [InlineData("states/2/message", "text:256")]
    [InlineData("states/2/image", "text:256")]
    [InlineData("states/2/payload", "map:32")]
    [InlineData("states/3/count", "1000")]
    [InlineData("states/3/minTotal", "\"0.000001\"")]
    [InlineData("states/3/venues", "list:64")]
    [InlineData("states/4/amount", "1000000000")]
    [InlineData("states/4/validFor", null)]
    [InlineData("notifications/0/before", null)]
    [InlineData("notifications/2/title", "text:256")]
    public void Up_to_its_bounds_a_campaign_is_accepted(string path, string? value) => Assert.Empty(Faults(Example.With(path, Long(value))));

    [Theory]
    [InlineData("id", "text:65", "id", "1 to 64")]
    [InlineData("id", "\"\"", "id", "1 to 64")]
    [InlineData("id", "\"spring.26\"", "id", "1 to 64")]
    [InlineData("id", "\"spring\\n\"", "id", "1 to 64")]
    [InlineData("name", "text:2", "name", "3 to 128")]
    [InlineData("name", "text:129", "name", "3 to 128")]
    [InlineData("activeTo", "\"2026-03-01T00:00:00Z\"", "activeTo", "end before it begins")]
    [InlineData("constraints", "[]", "constraints", "1 to 16")]
    [InlineData("constraints/0/field", "\"counter.orders\"", "constraints[0].field", "\"counter.orders\" is no field of an account")]
    [InlineData("constraints/0/field", "\"counters.a.b\"", "constraints[0].field", "is no field")]
    [InlineData("constraints/0/field", "\"header.email\"", "constraints[0].field", "is no field")]
    [InlineData("constraints/0/field", "\"counters.{PropertyName}\"", "constraints[0].field", "\"counters.{PropertyName}\" is no field")]
    [InlineData("constraints/0/value", "[\"many\"]", "constraints[0].value", "\"many\" cannot be read as a number")]
    [InlineData("constraints/0/value", "[]", "constraints[0].value", "GTE takes exactly one value")]
    [InlineData("constraints/0/value", "[\"1\",\"2\"]", "constraints[0].value", "GTE takes exactly one value")]
    [InlineData("constraints/1/value/0", "\"yesterday\"", "constraints[1].value", "cannot be read as an instant")]
    [InlineData("constraints/2/value", "[\"yes\"]", "constraints[2].value", "EXISTS takes at most one value")]
    [InlineData("constraints/0", "{\"field\":\"header.birthdate\",\"op\":\"LT\",\"value\":[\"2001-02-29\"]}", "constraints[0].value", "a day such as")]
    [InlineData("constraints/0", "{\"field\":\"tags.vip\",\"op\":\"EQ\",\"value\":[\"1\"]}", "constraints[0].value", "true or false")]
    [InlineData("states", "[]", "states", "1 to 10")]
    [InlineData("states/0/id", "\"a state\"", "states[0].id", "1 to 32")]
    [InlineData("states/0/transitionTo", "\"nowhere\"", "states[0].transitionTo", "There is no state nowhere")]
    [InlineData("states/0/constraints/0/field", "\"tags\"", "states[0].constraints[0].field", "is no field")]
    [InlineData("states/0/addTags", "list:65", "states[0].addTags", "up to 64 tags")]
    [InlineData("states/0/addTags", "[\"fine\",\"not fine\"]", "states[0].addTags[1]", "A tag is 1 to 64")]
    [InlineData("states/0/removeTags", "[\"\"]", "states[0].removeTags[0]", "A tag is 1 to 64")]
    [InlineData("states/0/properties", "{\"a b\":\"x\"}", "states[0].properties[0]", "A property's key")]
    [InlineData("states/0/properties", "map:65", "states[0].properties", "up to 64 properties")]
    [InlineData("states/0/properties/my_level", "text:1025", "states[0].properties[0]", "up to 1024")]
    [InlineData("states/0/counters", "{\"wallet\":1}", "states[0].counters[0]", "kept by the platform")]
    [InlineData("states/0/counters", "{\"points\":1.0000001}", "states[0].counters[0]", "up to 6 decimals")]
    [InlineData("states/1/prefix", "text:17", "states[1].prefix", "up to 16")]
    [InlineData("states/1/prefix", "\"a.b\"", "states[1].prefix", "up to 16")]
    [InlineData("states/1/uses", "0", "states[1].uses", "1 to 100")]
    [InlineData("states/1/uses", "101", "states[1].uses", "1 to 100")]
    [InlineData("states/1/validFor", "\"14 days\"", "states[1].validFor", "ISO 8601")]
    [InlineData("states/1/validFor", "\"-P1D\"", "states[1].validFor", "ISO 8601")]
    [InlineData("states/1/validFor", "\"PT0S\"", "states[1].validFor", "ISO 8601")]
    [InlineData("states/1/validFor", "\"P9000Y\"", "states[1].validFor", "up to 100 years")]
    [InlineData("states/1/validFor", null, "states[1].validTo", "Say how long")]
    [InlineData("states/1/validTo", "\"2026-05-01T00:00:00Z\"", "states[1].validTo", "either validFor or validTo")]
    [InlineData("states/1/expireTo", "\"nowhere\"", "states[1].expireTo", "There is no state nowhere")]
    [InlineData("states/1/data/categoryId", "text:129", "states[1].data.categoryId", "128")]
    [InlineData("states/1/data/extra", "{\"\\u0000\":\"x\"}", "states[1].data.extra", "Up to 32 entries")]
    [InlineData("states/1/data/extra", "map:33", "states[1].data.extra", "Up to 32 entries")]
    [InlineData("states/2/title", "text:257", "states[2].title", "up to 256")]
    [InlineData("states/2/message", "text:257", "states[2].message", "up to 256")]
    [InlineData("states/2/image", "text:257", "states[2].image", "up to 256")]
    [InlineData("states/2/payload", "{\"$where\":\"x\"}", "states[2].payload", "Up to 32 entries")]
    [InlineData("states/3/count", "0", "states[3].count", "1 to 1000")]
    [InlineData("states/3/count", "1001", "states[3].count", "1 to 1000")]
    [InlineData("states/3/minTotal", "1000000001", "states[3].minTotal", "at most 1000000000")]
    [InlineData("states/3/orderTypes", "list:65", "states[3].orderTypes", "up to 64")]
    [InlineData("states/3/venues", "list:65", "states[3].venues", "up to 64")]
    [InlineData("states/3/products", "list:65", "states[3].products", "up to 64")]
    [InlineData("states/4/amount", "0", "states[4].amount", "more than 0")]
    [InlineData("states/4/amount", "\"-5\"", "states[4].amount", "more than 0")]
    [InlineData("states/4/validFor", "\"P0D\"", "states[4].validFor", "ISO 8601")]
    [InlineData("states/4/wallet", "text:65", "states[4].wallet", "up to 64")]
    [InlineData("notifications/0/before", "\"a day\"", "notifications[0].before", "ISO 8601")]
    [InlineData("notifications/0/title", "text:257", "notifications[0].title", "up to 256")]
    [InlineData("notifications/1/message", "text:257", "notifications[1].message", "up to 256")]
    [InlineData("notifications/2/image", "text:257", "notifications[2].image", "up to 256")]
    [InlineData("notifications/1/payload", "map:33", "notifications[1].payload", "Up to 32 entries")]
    public void Beyond_them_it_is_refused_and_the_place_is_named_as_in_JSON(string path, string? value, string place, string message)
    {
        var faults = Faults(Example.With(path, Long(value)));

        Assert.Contains(faults.GetValueOrDefault(place) ?? [$"nothing there, but {string.Join("; ", faults.Select(fault => $"{fault.Key}: {fault.Value[0]}"))}"],
            text => text.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("constraints/1", null, "constraints[1]")]
    [InlineData("constraints/0/value", "[null]", "constraints[0].value[0]")]
    [InlineData("states/1", null, "states[1]")]
    [InlineData("states/0/constraints/0", null, "states[0].constraints[0]")]
    [InlineData("states/0/addTags", "[null]", "states[0].addTags[0]")]
    [InlineData("states/0/counters", "{\"a\":null}", "states[0].counters.a")]
    [InlineData("states/1/data/extra", "{\"a\":null}", "states[1].data.extra.a")]
    [InlineData("states/2/payload", "{\"a\":null}", "states[2].payload.a")]
    [InlineData("states/3/sources", "[\"a\",null]", "states[3].sources[1]")]
    [InlineData("notifications/1", null, "notifications[1]")]
    public void Null_in_a_list_or_map_is_refused_by_its_place_when_it_is_read(string path, string? value, string place)
    {
        Assert.False(JsonInput.TryRead<CampaignDefinition>(Encoding.UTF8.GetBytes(Example.TextWith(path, value)), out _, out var unreadable));

        Assert.Equal([place], unreadable!.Errors.Keys);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void A_campaign_has_up_to_16_constraints(int count, bool accepted)
    {
        var campaign = Example.Campaign;

        Assert.Equal(accepted, !Faults(campaign with { Constraints = [.. Enumerable.Repeat(campaign.Constraints[0], count)] }).ContainsKey("constraints"));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void A_campaign_has_up_to_10_states(int count, bool accepted)
    {
        var states = Enumerable.Range(0, count).Select(index => new AccountStateDefinition { Id = $"s{index}", TransitionTo = index + 1 < count ? $"s{index + 1}" : null });

        Assert.Equal(accepted, Faults(Example.Campaign with { States = [.. states] }).Count == 0);
    }

    [Fact]
    public void A_campaign_has_up_to_3_notifications()
    {
        var campaign = Example.Campaign;

        Assert.Equal(["notifications"], Faults(campaign with { Notifications = [.. campaign.Notifications!, campaign.Notifications![0]] }).Keys);
    }

    private static Dictionary<string, string[]> Faults(CampaignDefinition campaign) => Rules.Validate(campaign).ToFields();

    private static string? Long(string? value) => value?.Split(':') switch
    {
        ["text", var length] => $"\"{new string('x', Number(length))}\"",
        ["list", var length] => $"[{string.Join(',', Enumerable.Range(0, Number(length)).Select(index => $"\"x{index}\""))}]",
        ["map", var length] => $"{{{string.Join(',', Enumerable.Range(0, Number(length)).Select(index => $"\"x{index}\":\"y\""))}}}",
        _ => value,
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static CampaignRules MakeRules()
    {
        Validators.SpeakJson();
        return new CampaignRules();
    }
}
