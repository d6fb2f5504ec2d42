using System.Text;
using System.Text.Json;

namespace Loyalty.ApiTests.Accounts;

/// <summary>All that is text is kept as it is and found again, whatever plane of Unicode it is from.</summary>
public sealed class TextTests(SharedHost host)
{
    /// <summary>Noncharacters, private use, unassigned, combining, both directions, and the last of each plane.</summary>
    private static readonly string[] Texts =
    [
        "\uFFFE", "a\uFFFEb", "\uFFFF", "\uFDD0", "\uE000", "\u0378", "\uFEFFx", "\u202Eabc", "e\u0301\uFFFE\u0301",
        "\u0001", "😀", "👨‍👩‍👧", "İstanbul", "ẞ", "\u1E9B\u0323", "한국", "\u0085x",
        .. Enumerable.Range(1, 16).Select(plane => $"{InPlane(plane, 0xFFFE)}{InPlane(plane, 0xFFFF)}{InPlane(plane, 0x1234)}"),
    ];

    [Fact]
    public async Task A_member_may_be_called_anything_and_is_found_by_it()
    {
        using var brand = await Brand.MakeAsync(host);
        var (account, member) = await brand.MemberAsync("member");
        foreach (var text in Texts)
        {
            var name = $"{text}{Guid.NewGuid():N}"[..(text.Length + 8)];
            await member.PutJsonAsync("api/my/profile", JsonSerializer.Serialize(new { firstName = name }));
            Assert.Equal(name, (await brand.AccountAsync(account)).GetProperty("header").Text("firstName"));
            var found = await brand.Manager.GetJsonAsync($"api/account?q={Uri.EscapeDataString(name)}");
            Assert.True(found.GetArrayLength() == 1, $"{JsonSerializer.Serialize(name)} is not found.");
        }
        Assert.Equal(0, (await brand.Manager.GetJsonAsync("api/operations/parked")).GetArrayLength());
    }

    [Fact]
    public async Task A_till_may_write_anything_and_exports_hold_it()
    {
        using var brand = await Brand.MakeAsync(host);
        await brand.PostAsync([.. Texts.Select((text, number) => Profile($"member-{number}", text))]);
        await brand.PostAsync([.. Texts.Select((text, number) => Order($"member-{number}", text))]);

        var exported = await brand.Manager.GetJsonAsync("api/export/account");

        var texts = exported.EnumerateArray().Where(account => account.Text("id").StartsWith("member-", StringComparison.Ordinal))
            .Select(account => (account.GetProperty("header").Text("email"), account.GetProperty("openedOrders")[0].Text("source")));
        Assert.Equal(Texts.Select(text => (text, text)).Order(), texts.Order());
        Assert.Equal(0, (await brand.Manager.GetJsonAsync("api/operations/parked")).GetArrayLength());
    }

    private static Rune InPlane(int plane, int place) => new((plane << 16) + place);

    private static string Profile(string account, string text) => JsonSerializer.Serialize(new
    {
        @event = "PROFILE",
        account,
        firstName = text,
        lastName = text,
        email = text,
        phone = text,
        pushId = text,
        consents = new { scope = "ACCOUNT", consents = new { push = text } },
    });

    private static string Order(string account, string text)
    {
        var buckets = new[] { new { lines = new[] { new { productId = text, status = text } } } };
        var order = new { id = $"of-{account}", status = "NEW", total = 1, source = text, orderType = text, buckets };
        return JsonSerializer.Serialize(new { @event = "ORDER", account, order });
    }
}
