namespace Loyalty.ApiTests.Accounts;

/// <summary>What the host answers is what the types of the ordering platform's own npm package say.</summary>
public sealed class OrderingTypesTests(Members members) : IClassFixture<Members>
{
    /// <summary>Note: in JSON the value of an enum is its text, which TypeScript tells apart; everything else is compared as it is.</summary>
    private const string Types =
        """
        import type { ApiAccount, Campaign } from "@orderingstack/ordering-types";
        type Json<T> = T extends string ? `${T}` : T extends (infer Item)[] ? readonly Json<Item>[] : T extends object ? { readonly [K in keyof T]: Json<T[K]> } : T;
        """;

    [Fact]
    public async Task Recorded_accounts_compile_under_tsc_strict_as_ApiAccount()
    {
        var full = Unique.Id("typed");
        await members.PostAsync([
            $$"""
            { "event": "PROFILE", "account": "{{full}}", "phone": "600", "email": "a@b.pl", "pushId": "p", "firstName": "A", "lastName": "B", "birthdate": "1990-02-28", "sex": "OTHER",
              "consents": { "scope": "ACCOUNT", "consents": { "contact": "yes" } } }
            """,
            $$"""{ "event": "CARD", "account": "{{full}}", "card": "{{full}}" }""",
            $$"""{ "event": "LOGIN", "account": "{{full}}" }""",
            $$"""{ "event": "RELATION", "account": "{{full}}", "type": "FRIEND", "id": "m01" }""",
            $$"""{ "event": "PROPERTIES", "account": "{{full}}", "properties": { "coffee": "yes" }, "addTags": ["typed"] }""",
            Orders.Event($"{full}-open", full, status: "NEW"), Orders.Event($"{full}-paid", full)]);

        var account = (await members.Partner.GetJsonAsync($"api/account/{full}")).GetRawText();
        var list = await members.Manager.GetAsync(new Uri("api/account", UriKind.Relative), TestContext.Current.CancellationToken);
        var accounts = await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("openedOrders\":[{", account, StringComparison.Ordinal);
        Assert.Contains("coupons\":[\"", account, StringComparison.Ordinal);
        await CompileAsync($"{Types}\nconst recorded = {account} as const;\nexport const account: Json<ApiAccount> = recorded;\n"
            + $"const list = {accounts} as const;\nexport const accounts: Json<ApiAccount[]> = list;\n");
    }

    [Fact]
    public async Task Recorded_campaigns_compile_under_tsc_strict_as_Campaign()
    {
        var id = Unique.Id("typed");
        await members.Manager.PostJsonAsync("api/campaign", $$"""
            {
              "id": "{{id}}", "type": "STANDARD", "name": "Everything", "dynamic": true, "activeFrom": "2026-01-01T00:00:00Z", "activeTo": "2999-01-01T00:00:00Z",
              "constraints": [{ "field": "tags.vip", "op": "EXISTS" }, { "field": "counters.orders", "op": "IN", "value": ["1", "2"] }],
              "states": [
                { "id": "account", "type": "ACCOUNT", "transitionTo": "coupon", "addTags": ["x"], "counters": { "points": 1.5 } },
                { "id": "coupon", "type": "COUPON", "validFor": "P1D", "transitionTo": "orders", "data": { "categoryId": "c" } },
                { "id": "orders", "type": "ORDER", "count": 2, "minTotal": 9.9, "transitionTo": "wallet" },
                { "id": "wallet", "type": "WALLET", "amount": 5, "transitionTo": "message" },
                { "id": "message", "type": "MESSAGE", "title": "Hello", "message": "You", "payload": { "a": "b" } }],
              "notifications": [{ "type": "SPECIFIC_TIME", "title": "Now", "message": "!", "at": "2998-01-01T00:00:00Z", "image": "https://x/y.png", "payload": { "a": "b" } }]
            }
            """);
        var draft = (await members.Manager.GetJsonAsync($"api/campaign/{id}/preview")).GetRawText();
        await members.Manager.PostJsonAsync($"api/campaign/{id}/initialize", "");
        var running = (await members.Manager.GetJsonAsync($"api/campaign/{id}")).GetRawText();
        var list = (await members.Manager.GetJsonAsync("api/campaign")).GetRawText();

        Assert.Contains("previewedAt", draft, StringComparison.Ordinal);
        Assert.Contains("initializedBy", running, StringComparison.Ordinal);
        await CompileAsync($"{Types}\nconst draft = {draft} as const;\nconst running = {running} as const;\nconst list = {list} as const;\n"
            + "export const campaigns: Json<Campaign>[] = [draft, running, ...list];\n");
    }

    [Fact]
    public async Task An_answer_of_another_shape_would_not_compile()
    {
        var refused = await Record.ExceptionAsync(() => CompileAsync($"{Types}\nconst recorded = {{ id: 5 }} as const;\nexport const account: Json<ApiAccount> = recorded;\n"));

        Assert.SkipWhen(refused?.Message.Contains("Node.js", StringComparison.Ordinal) == true, "Node.js is not installed.");
        Assert.Contains("TS2322", refused?.Message, StringComparison.Ordinal);
    }

    private static async Task CompileAsync(string source)
    {
        var folder = Directory.CreateTempSubdirectory("loyalty-types-");
        try
        {
            var file = Path.Combine(folder.FullName, "recorded.ts");
            await File.WriteAllTextAsync(file, source, TestContext.Current.CancellationToken);
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "node_modules"), Path.Combine(NodePackages.Folder, "node_modules"));
            await NodePackages.RunAsync("node_modules/typescript/bin/tsc", "--strict", "--noEmit", "--skipLibCheck", "--target", "es2022", "--moduleResolution", "bundler", "--module", "esnext", file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
