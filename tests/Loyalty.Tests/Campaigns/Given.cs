using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Tests.Campaigns;

/// <summary>What the tests of campaigns begin with.</summary>
internal static class Given
{
    public const string Tenant = "demo";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static WalkTime Time(double minutes = 0) => new(Noon.AddMinutes(minutes), Noon.AddMinutes(minutes), Zone.Utc);

    public static Account Account(string id = "alice") => new()
    {
        Key = Key.Of(Tenant, id),
        Tenant = Tenant,
        Id = id,
        Incarnation = $"life of {id}",
        Mgm = id.ToUpperInvariant(),
        Header = new AccountHeader { Created = Noon },
    };

    public static CampaignDefinition Definition(params StateDefinition[] states) => new()
    {
        Id = "spring",
        Type = CampaignType.Standard,
        Name = "Spring",
        Constraints = [Constraint("counters.orders", ConstraintOp.Gte, "1")],
        States = states,
        Dynamic = true,
    };

    public static Campaign Campaign(CampaignDefinition definition, CampaignStatus status = CampaignStatus.Running) => new()
    {
        Key = Key.Of(Tenant, definition.Id),
        Tenant = Tenant,
        Definition = definition,
        Version = 1,
        Status = status,
    };

    public static Constraint Constraint(string field, ConstraintOp op, params string[] value) => new() { Field = field, Op = op, Value = value };

    /// <summary>A walk that has just come into the first state.</summary>
    public static Membership Membership(CampaignDefinition definition, Account account) => new()
    {
        Key = Key.Of(Tenant, definition.Id, account.Id),
        Tenant = Tenant,
        Campaign = definition.Id,
        Owner = account.Key,
        JoinedAt = Noon,
        State = definition.States[0].Id,
        Since = Noon,
    };

    public static Order Order(string id = "o1", decimal total = 10, string status = "COMPLETED") => new() { Id = id, Status = status, Total = total };

    public static Coupon Coupon(int uses = 1, string owner = "alice") => new()
    {
        Key = Key.Of(Tenant, "SPRING-1"),
        Tenant = Tenant,
        Code = "SPRING-1",
        Owner = Key.Of(Tenant, owner),
        Account = owner,
        Campaign = "spring",
        State = "coupon",
        GivenAt = Noon,
        ValidTo = Noon.AddDays(14),
        Uses = uses,
    };
}
