namespace Loyalty.ApiTests.Fuzz;

/// <summary>The few names that requests are made of, by what they name.</summary>
internal sealed class Names
{
    private static readonly string[] Accounts = ["member-1", "member-2", "member-3"];
    private static readonly string[] Cards = ["card-1", "card-2"];
    private static readonly string[] Campaigns = ["campaign-1", "campaign-2", "campaign-3"];
    public static readonly string[] Keys = ["key-1", "key-2", "key-3"];

    private static readonly string[] Orders = ["order-1", "order-2", "order-3", "order-4"];

    /// <summary>Note: what may be deleted or locked out is made for it; the fuzzer's own tokens must live on.</summary>
    public required string User { get; set; }

    public required string Client { get; set; }

    public required string Tenant { get; init; }

    public required string SpareTenant { get; init; }

    /// <summary>Coupons that members hold at the moment.</summary>
    public IReadOnlyList<string> Coupons { get; set; } = [];

    public static IReadOnlyList<string> All { get; } = [.. Accounts, .. Cards, .. Campaigns, .. Orders];

    public string Of(Operation operation, string parameter, Chance chance) => parameter switch
    {
        "account" => chance.Of(Accounts),
        "card" => chance.Of(Cards),
        "campaign" or "name" => chance.Of(Campaigns),
        "coupon" when Coupons.Count > 0 => chance.Of(Coupons),
        "request" or "eventId" => chance.Of(Keys),
        "user" => User,
        "client" => Client,
        "tenant" => operation.Id == "resetAdministrator" || chance.Percent(20) ? SpareTenant : Tenant,
        _ => chance.Of(All),
    };
}
