using System.Text.Json;

namespace Loyalty.ApiTests.Accounts;

public sealed class ListTests(Members members, SharedHost host) : IClassFixture<Members>
{
    private static readonly string[] Filtered = ["api/account", "api/account/count", "api/export/account", "api/export/contact"];

    [Fact]
    public async Task Both_dialects_page_through_the_same_list()
    {
        var all = await Page.GetAsync(members.Manager, "");
        var simple = await Page.GetAsync(members.Manager, """filter={}&range=[5,9]&sort=["id","ASC"]""");
        var plain = await Page.GetAsync(members.Manager, "_start=5&_end=10&_sort=id&_order=ASC");
        var last = await Page.GetAsync(members.Manager, """range=[20,99]&sort=["id","DESC"]""");

        Assert.Equal(Members.Ids, all.Ids.Where(id => id.StartsWith('m')));
        Assert.Equal(all.Ids.Skip(5).Take(5), simple.Ids);
        Assert.Equal(simple.Ids, plain.Ids);
        Assert.Equal(all.Ids.Reverse().Skip(20), last.Ids);
        Assert.Equal($"account 5-9/{all.Total}", simple.ContentRange);
        Assert.Equal($"account 20-{all.Total - 1}/{all.Total}", last.ContentRange);
        Assert.All([all, simple, plain, last], page => Assert.Equal((all.Accounts.Count, "Content-Range, X-Total-Count"), (page.Total, page.Exposed)));
    }

    [Fact]
    public async Task A_page_behind_the_end_is_empty_and_still_says_how_many_there_are()
    {
        var behind = await Page.GetAsync(members.Manager, "range=[500,509]");
        var none = await Page.GetAsync(members.Manager, "_start=0&_end=0");

        Assert.Empty(behind.Accounts);
        Assert.Empty(none.Accounts);
        Assert.InRange(behind.Total, Members.Count, Members.Count + 5);
        Assert.Equal($"account */{behind.Total}", behind.ContentRange);
        Assert.Equal(behind.Total, none.Total);
    }

    [Theory]
    [InlineData("lastOrder", "ASC")]
    [InlineData("lastOrder", "DESC")]
    [InlineData("header.created", "DESC")]
    [InlineData("segment", "ASC")]
    public async Task Pages_never_overlap_however_many_accounts_are_equal_in_the_order(string field, string direction)
    {
        var all = (await Page.GetAsync(members.Manager, $"_sort={field}&_order={direction}")).Ids.ToList();
        var paged = new List<string>();
        for (var start = 0; start < all.Count; start += 4)
            paged.AddRange((await Page.GetAsync(members.Manager, $"_sort={field}&_order={direction}&_start={start}&_end={start + 4}")).Ids);

        Assert.Equal(all, paged);
        Assert.Equal(all.Count, paged.Distinct().Count());
    }

    [Theory]
    [InlineData("q=m0", "m00 m01 m02 m03 m04 m05 m06 m07 m08 m09")]
    [InlineData("q=ZAŻ", "m07")]
    [InlineData("q=gęślą zażó", "m07")]
    [InlineData("q=zażółć g", "m07")]
    [InlineData("q=last2&range=[0,2]", "m02 m20 m21")]
    [InlineData("q=card-1", "m12 m15 m18")]
    [InlineData("q=%2b48 600 2", "m21 m24")]
    [InlineData("q=M24@EXAMPLE", "m24")]
    [InlineData("q=irst1", "")]
    [InlineData("q=.*", "")]
    [InlineData("id=m03&id=m04&id=nobody", "m03 m04")]
    [InlineData("""filter={"id":["m05","m06"]}""", "m05 m06")]
    [InlineData("""filter={"id":[]}""", "")]
    [InlineData("card=Card-3", "m03")]
    [InlineData("card=card-3", "")]
    [InlineData("card=Card-3&card=Card-6", "m03 m06")]
    [InlineData("phone=%2b48 600 9", "m09")]
    [InlineData("email=m11@example.com", "m11")]
    [InlineData("tag=third", "m00 m03 m06 m09 m12 m15 m18 m21 m24")]
    [InlineData("tag=third&venue=old-town", "m00 m15")]
    [InlineData("tag=nothing", "")]
    [InlineData("venue=old-town", "m00 m05 m10 m15 m20")]
    [InlineData("segment=NEVER", "")]
    [InlineData("campaign=lists-coffee", "m01 m02")]
    [InlineData("campaign=lists-coffee&state=coffee&id=m01", "m01")]
    [InlineData("campaign=lists-coffee&state=more", "")]
    [InlineData("state=coffee", "m01 m02")]
    [InlineData("createdFrom=2026-01-24&createdTo=2026-02-01", "m23 m24")]
    [InlineData("createdTo=2026-01-02", "m00 m01")]
    [InlineData("createdTo=2026-01-02T11:59:59Z", "m00")]
    [InlineData("createdTo=2026-01-02T12:00:00Z", "m00 m01")]
    [InlineData("createdFrom=2026-01-25T13:00:00%2b01:00&createdTo=2026-02-01", "m24")]
    [InlineData("lastOrderFrom=2026-02-01&lastOrderTo=2026-02-01&tag=third", "m00 m15")]
    [InlineData("lastOrderFrom=-P1D", "")]
    [InlineData("""filter={"constraints":[{"field":"counters.total","op":"GT","value":["100"]}]}""", "m15 m20")]
    [InlineData("""constraints=[{"field":"counters.total","op":"GT","value":["50"]},{"field":"tags.third","op":"EQ","value":["true"]}]""", "m15")]
    [InlineData("""filter={"tag":"third","constraints":[{"field":"header.created","op":"LT","value":["2026-01-05T00:00:00Z"]}]}""", "m00 m03")]
    [InlineData("q=&card=&tag=third&createdFrom=&id=m03", "m03")]
    public async Task A_filter_finds_exactly_the_accounts_that_fulfil_it(string query, string expected)
    {
        var found = await Page.GetAsync(members.Manager, query);
        var count = await members.Manager.GetJsonAsync($"api/account/count?{query}");

        Assert.Equal(expected, string.Join(' ', found.Ids));
        Assert.Equal(found.Total, count.GetInt64());
        Assert.True(found.Total >= found.Accounts.Count);
    }

    [Theory]
    [InlineData("filter={0}"), InlineData("{1}")]
    public async Task Five_hundred_accounts_are_asked_for_at_once(string query)
    {
        string[] ids = [.. Members.Ids, .. Enumerable.Range(0, 475).Select(number => $"{number:000}".PadRight(64, 'x'))];
        var (filter, repeated) = (Uri.EscapeDataString(JsonSerializer.Serialize(new { id = ids })), string.Join('&', ids.Select(id => $"id={id}")));

        var found = await Page.GetAsync(members.Manager, query.Replace("{0}", filter, StringComparison.Ordinal).Replace("{1}", repeated, StringComparison.Ordinal));

        Assert.Equal(Members.Ids, found.Ids);
    }

    [Theory]
    [InlineData("%EF%BF%BE"), InlineData("%F4%8F%BF%BF"), InlineData("%EE%80%80"), InlineData("a%EF%BF%BE%CC%81"), InlineData("%ED%A0%80")]
    public async Task Any_text_can_be_searched_for(string text)
    {
        foreach (var path in new[] { $"api/account?q={text}", $"api/account?phone={text}", $"auth-api/api/user?q={text}", $"api/campaign?q={text}" })
            Assert.Equal(0, (await members.Manager.GetJsonAsync(path)).GetArrayLength());
    }

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("""filter={"colour":"red"}""", "colour")]
    [InlineData("""sort=["card","ASC"]""", "sort")]
    [InlineData("_sort=nothing", "sort")]
    [InlineData("range=[9,0]", "range")]
    [InlineData("range=first", "range")]
    [InlineData("_start=-1", "_start")]
    [InlineData("filter=[]", "filter")]
    [InlineData("""filter={"q":["a","b"]}""", "q")]
    [InlineData("""filter={"q":"\ud800"}""", "filter")]
    [InlineData("createdFrom=yesterday", "createdFrom")]
    [InlineData("lastOrderTo=2026-02-30", "lastOrderTo")]
    [InlineData("constraints=[", "constraints")]
    [InlineData("""filter={"id":["m00",null]}""", "id[1]")]
    [InlineData("""filter={"constraints":[{"field":"shoe.size","op":"EQ","value":["1"]}]}""", "constraints[0].field")]
    [InlineData("""filter={"constraints":[{"field":"tags.a","op":"EXISTS"},{"field":"counters.a","op":"EQ","value":["many"]}]}""", "constraints[1].value")]
    [InlineData("""filter={"constraints":[{"field":"counters.a","op":"LIKE","value":["1"]}]}""", "constraints[0].op")]
    [InlineData("""filter={"constraints":[{"field":"counters.a","op":"IN","value":[null]}]}""", "constraints[0].value[0]")]
    [InlineData("""filter={"constraints":[null]}""", "constraints[0]")]
    [InlineData("""filter={"constraints":[{"field":"tags.\ud800","op":"EXISTS"}]}""", "filter")]
    [InlineData("""constraints=[{"field":"tags.\ud800","op":"EXISTS"}]""", "constraints[0].field")]
    [InlineData("""filter={"q":"a\u0000"}""", "filter")]
    [InlineData("q=%00", "q")]
    [InlineData("id=a%00", "id")]
    [InlineData("q=12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567", "q")]
    [InlineData("""range=[0,2147483648]""", "range")]
    [InlineData("""range=[0,null]""", "range")]
    [InlineData("createdFrom=0001-01-01T00:00:00%2b14:00", "createdFrom")]
    [InlineData("""filter={"constraints":[{"op":"EXISTS"}]}""", "constraints[0].field")]
    public async Task What_a_list_cannot_do_is_refused_by_the_name_of_the_parameter(string query, string parameter)
    {
        foreach (var path in parameter == "sort" ? ["api/account"] : Filtered)
        {
            var problem = await members.Manager.GetJsonAsync($"{path}?{query}", 400);

            Assert.Equal("bad_parameter", problem.Text("code"));
            Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out var message), problem.ToString());
            Assert.NotEmpty(message[0].GetString()!);
        }
    }

    [Fact]
    public async Task Lists_are_for_people_with_the_role_and_of_their_tenant_alone()
    {
        using var anonymous = host.Anonymous();
        using var elsewhere = await host.AsManagerAsync();

        foreach (var path in Filtered[..2])
        {
            await anonymous.GetJsonAsync(path, 401);
            Assert.Equal("person_required", (await members.Partner.GetJsonAsync(path, 403)).Text("code"));
            Assert.Equal("role_required", (await members.Statistician.GetJsonAsync(path, 403)).Text("code"));
        }
        Assert.Empty((await Page.GetAsync(elsewhere, "id=m01&id=m02")).Ids);
        Assert.Equal(0, (await elsewhere.GetJsonAsync("api/account/count?email=m11@example.com")).GetInt64());
    }
}
