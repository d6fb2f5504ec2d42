using System.Text.Json;

namespace Loyalty.ApiTests.Accounts;

public sealed class ExportTests(Members members, SharedHost host) : IClassFixture<Members>
{
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";
    private const string Csv = "text/csv";

    [Fact]
    public async Task An_export_holds_what_the_list_holds_whatever_the_page()
    {
        var list = await Page.GetAsync(members.Manager, "tag=third");

        var json = JsonElement.Parse(await ExportAsync("account?tag=third&range=[0,1]", Json)).EnumerateArray().ToList();
        var lines = (await ExportAsync("account?tag=third&_start=3&_end=4", Lines)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();

        Assert.Equal(list.Accounts.Select(Text), json.OrderBy(account => account.Text("id"), StringComparer.Ordinal).Select(Text));
        Assert.Equal(json.Select(Text), lines.Select(Text));
        Assert.Equal("[]", await ExportAsync("account?tag=nothing", Json));
        Assert.Equal("", await ExportAsync("account?tag=nothing", Lines));
        Assert.Single(CsvText.Read(await ExportAsync("account?tag=nothing", Csv)));
    }

    [Theory]
    [InlineData("", Json)]
    [InlineData("*/*", Json)]
    [InlineData("application/*", Json)]
    [InlineData("text/*, application/json;q=0.5", Csv)]
    [InlineData("application/json;q=0.2, application/x-ndjson", Lines)]
    [InlineData("application/json;q=0, */*;q=0.1", Lines)]
    [InlineData("TEXT/CSV", Csv)]
    public async Task The_form_is_the_one_that_Accept_likes_best(string accept, string type)
    {
        using var answer = await SendAsync(members.Partner, "account?id=m01", accept);

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Accept", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json;q=0")]
    public async Task A_form_that_cannot_be_had_is_a_406_that_names_those_that_can(string accept)
    {
        using var answer = await SendAsync(members.Partner, "account", accept);

        var problem = await answer.JsonAsync(406);
        Assert.Equal("not_acceptable", problem.Text("code"));
        Assert.Contains(Lines, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+48 600", "+48 600")]
    [InlineData("+48-600", "'+48-600")]
    [InlineData("x;=cmd|'/C calc'!A0;y", "x;'=cmd|'/C calc'!A0;y")]
    [InlineData("\u200B=1", "'\u200B=1")]
    [InlineData("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "\t'=1")]
    [InlineData("\r=1", "\r'=1")]
    [InlineData("\n=1", "\n'=1")]
    [InlineData("  =1", "'  =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=1", "a=1")]
    [InlineData("say \"hi\", you", "say \"hi\", you")]
    [InlineData("two\r\nlines;=1", "two\r\nlines;'=1")]
    [InlineData("Zażółć 😀", "Zażółć 😀")]
    public async Task No_cell_of_a_CSV_can_run_as_a_formula_and_every_other_text_is_as_it_was(string name, string cell)
    {
        var id = Unique.Id("csv");
        await members.PostAsync([$$"""{ "event": "PROFILE", "account": "{{id}}", "firstName": {{JsonSerializer.Serialize(name)}} }""",
            $$"""{ "event": "CONSENTS", "account": "{{id}}", "consents": { "scope": "ACCOUNT", "consents": { "contact": "yes" } } }""",
            $$"""{ "event": "WALLET", "account": "{{id}}", "amount": "5.50" }"""]);

        var account = CsvText.Records(await ExportAsync($"account?id={id}", Csv)).Single();
        var contact = CsvText.Records(await ExportAsync($"contact?id={id}", Csv)).Single();

        Assert.Equal((id, cell, "5.50"), (account["id"], account["firstName"], account["wallet"]));
        Assert.Equal((id, cell), (contact["id"], contact["firstName"]));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("TRUE", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task Contacts_are_only_of_those_who_agreed_to_be_contacted(string? value, bool agreed)
    {
        var id = Unique.Id("contact");
        var consent = value is null ? """{ "push": "yes" }""" : $$"""{ "contact": "{{value}}", "push": "no" }""";
        await members.PostAsync([
            $$$"""{ "event": "PROFILE", "account": "{{{id}}}", "card": null, "phone": "600", "email": "a@b.pl", "firstName": "A", "lastName": "B", "pushId": "p", "consents": { "scope": "ACCOUNT", "consents": {{{consent}}} } }""",
            $$$"""{ "event": "CONSENTS", "account": "{{{id}}}", "consents": { "scope": "TRANSACTION", "transaction": "t-1", "consents": { "contact": "{{{(agreed ? "no" : "yes")}}}" } } }"""]);

        var contacts = JsonElement.Parse(await ExportAsync($"contact?id={id}", Json)).EnumerateArray().ToList();

        Assert.Equal(agreed ? [$$"""{"id":"{{id}}","firstName":"A","lastName":"B","phone":"600","email":"a@b.pl"}"""] : [], contacts.Select(Text));
        Assert.Equal("id,card,firstName,lastName,phone,email", (await ExportAsync($"contact?id={id}", Csv)).Split("\r\n")[0]);
    }

    [Fact]
    public async Task Exports_are_for_people_and_partners_with_the_role_and_of_their_tenant_alone()
    {
        using var anonymous = host.Anonymous();
        using var elsewhere = await host.AsPartnerAsync();

        foreach (var path in new[] { "api/export/account", "api/export/contact" })
        {
            await anonymous.GetJsonAsync(path, 401);
            Assert.Equal("role_required", (await members.Statistician.GetJsonAsync(path, 403)).Text("code"));
            Assert.Equal(0, (await elsewhere.GetJsonAsync($"{path}?id=m01&id=m02")).GetArrayLength());
        }
        Assert.Equal(1, (await members.Manager.GetJsonAsync("api/export/account?id=m01")).GetArrayLength());
    }

    private async Task<string> ExportAsync(string what, string accept)
    {
        using var answer = await SendAsync(members.Partner, what, accept);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string what, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/export/{what}");
        if (accept.Length > 0)
            request.Headers.Accept.ParseAdd(accept);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Text(JsonElement json) => json.ToString();
}
