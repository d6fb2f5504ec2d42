using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events.Contracts;
using Loyalty.Time;

namespace Loyalty.Tests.Campaigns;

/// <summary>Members, campaigns that lead into each other, and what happens, from bytes.</summary>
internal static class Story
{
    private static readonly string[] Members = ["alice", "bob", "carol"];
    private static readonly string[] Statuses = ["NEW", "COMPLETED", "COMPLETED", "CLOSED", "CANCELLED"];

    /// <summary>Note: in this order of ids, later campaigns change what earlier ones look at.</summary>
    public static IEnumerable<Campaign> Campaigns =>
    [
        Running("zeta-club", [Given.Constraint("counters.orders", ConstraintOp.Gte, "1")],
            new OrderStateDefinition { Id = "orders", Count = 2, MinTotal = 5, TransitionTo = "regular" },
            new AccountStateDefinition { Id = "regular", AddTags = ["regular"], Counters = new Dictionary<string, decimal> { ["points"] = 10 }, TransitionTo = "coupon" },
            new CouponStateDefinition { Id = "coupon", Uses = 2, ValidFor = "P14D", TransitionTo = "message" },
            new MessageStateDefinition { Id = "message", Title = "Hello", Message = "Hello", TransitionTo = "wallet" },
            new WalletStateDefinition { Id = "wallet", Amount = 5.50m, TransitionTo = "orders" }),
        Running("vip", [Given.Constraint("tags.regular", ConstraintOp.Eq, "true")],
            new MessageStateDefinition
            {
                Id = "message", Title = "Hello", Message = "Hello", TransitionTo = "coupon", Constraints = [Given.Constraint("counters.points", ConstraintOp.Gte, "12")],
            },
            new CouponStateDefinition { Id = "coupon", ValidFor = "P14D", TransitionTo = "message" }),
        Running("alpha-level", [Given.Constraint("properties.level", ConstraintOp.Exists)],
            new AccountStateDefinition { Id = "swap", AddTags = ["gold"], RemoveTags = ["regular"], TransitionTo = "orders" },
            new OrderStateDefinition { Id = "orders", Venues = ["old-town"], TransitionTo = "coupon" },
            new CouponStateDefinition { Id = "coupon", ValidFor = "P14D", TransitionTo = "level" },
            new AccountStateDefinition { Id = "level", Properties = new Dictionary<string, string> { ["level"] = "2" } }),
        Running("mid-everybody", [Given.Constraint("header.created", ConstraintOp.Exists)],
            new AccountStateDefinition { Id = "welcome", AddTags = ["welcome"], TransitionTo = "gift", Constraints = [Given.Constraint("header.firstName", ConstraintOp.Exists)] },
            new CouponStateDefinition { Id = "gift", ValidFor = "P14D", TransitionTo = "gold" },
            new AccountStateDefinition { Id = "gold", Constraints = [Given.Constraint("tags.gold", ConstraintOp.Eq, "true")], Counters = new Dictionary<string, decimal> { ["points"] = 1 } }),
    ];

    /// <summary>What the byte stands for. Every fifth event is told two minutes late.</summary>
    public static InboxEntry Entry(PassSimulator simulator, Coupon[] coupons, byte move, int index)
    {
        var late = index % 5 == 4 ? 120 : 0;
        var member = Members[move % 3];
        var coupon = coupons.Length == 0 ? "NONE" : coupons[(move + index) % coupons.Length].Code;
        return (move / 3 % 16) switch
        {
            0 or 1 => simulator.Event(new OrderEvent { Account = member, Order = Order($"o{index}", move) }, late),
            2 => simulator.Event(new OrderEvent { Account = member, Order = Order($"o{index / 4}", move) }, late),
            3 => simulator.Event(new OrderEvent { Account = member, Order = Order($"o{index - 1 - move % 3}", move) with { Status = "CANCELLED" } }),
            4 or 5 => simulator.Event(new OrderEvent { Account = coupons.FirstOrDefault(known => known.Code == coupon)?.Account ?? member, Order = Order($"o{index}", move) with { Coupons = [new OrderCoupon { Coupon = coupon }] } }),
            6 => simulator.Event(new OrderEvent { Account = member, Order = Order($"o{index / 3}", move) with { Coupons = [new OrderCoupon { Coupon = coupon }, new OrderCoupon { Coupon = "NONE" }] } }),
            7 => simulator.Event(new OrderEvent { Card = $"card-{move % 4}", Order = Order($"o{index}", move) }),
            8 => simulator.Event(new CountersEvent { Account = member, Counters = new Dictionary<string, decimal> { ["points"] = move % 5 } }, late),
            9 => simulator.Event(new PropertiesEvent { Account = member, Properties = new Dictionary<string, string?> { ["level"] = move % 2 == 0 ? "1" : null }, AddTags = ["seen"] }),
            10 => simulator.Event(new ProfileEvent { Account = member, FirstName = $"Name {move % 4}" }, late),
            11 => simulator.Entry(new ReportMessage.Body(move % 2 == 0 ? "vip" : "zeta-club"), member),
            12 => simulator.Event(new RelationEvent { Account = member, Type = RelationType.Invited, Id = Members[(move + index) % 3] }),
            13 when move >= 200 => simulator.Event(new DeletedEvent { Account = member }),
            13 => simulator.Event(new CardEvent { Account = member, Card = $"card-{move % 4}" }),
            14 => simulator.Event(new WalletEvent { Account = member, Amount = move % 3 - 1.25m }),
            _ => simulator.Event(new LoginEvent { Account = member, PushId = $"push-{move}" }, late),
        };
    }

    private static Order Order(string id, byte move) => new()
    {
        Id = id,
        Status = Statuses[move / 5 % Statuses.Length],
        Total = 1.25m * (move % 11),
        Created = new IsoTime(new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Unspecified).AddTicks(move % 9 * 1234), null),
        Buckets = [new OrderBucket { Venue = move % 2 == 0 ? "old-town" : "harbour" }],
    };

    private static Campaign Running(string id, Constraint[] constraints, params StateDefinition[] states) =>
        Given.Campaign(Given.Definition(states) with { Id = id, Constraints = constraints, Notifications = Notifications });

    private static NotificationDefinition[] Notifications =>
    [
        new CouponExpirationNotificationDefinition { Title = "Soon over", Message = "{{coupon.code}}", DayPart = DayPart.Morning },
        new DynamicJoinNotificationDefinition { Title = "Hello", Message = "{{firstName|you}}", DayPart = DayPart.Evening },
    ];
}
