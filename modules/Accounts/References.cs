using Loyalty.Events.Contracts;

namespace Loyalty.Accounts;

/// <summary>What a batch of entries names: accounts, cards, codes and orders.</summary>
internal sealed class References
{
    public HashSet<string> Accounts { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Claims { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Orders { get; } = new(StringComparer.Ordinal);

    public static References Of(IEnumerable<Entry> entries)
    {
        var references = new References();
        foreach (var entry in entries)
            references.Add(entry);
        return references;
    }

    /// <summary>The user who is the member, if an order says so.</summary>
    public static string? CustomerOf(Order order) =>
        order.Users?.FirstOrDefault(user => user.Roles?.Contains("CUSTOMER") == true)?.UserId;

    private void Add(Entry entry)
    {
        AddAccount(entry, entry.Account);
        AddCard(entry, entry.Card);
        switch (entry.Kind)
        {
            case "ORDER":
                var order = entry.Read<OrderEvent>().Order;
                AddAccount(entry, CustomerOf(order));
                AddCard(entry, order.LoyaltyId);
                Orders.Add(OrderRecord.IdOf(entry.Tenant, order.Id));
                break;
            case "RELATION":
                AddAccount(entry, entry.Read<RelationEvent>().Id);
                break;
            case "PROFILE" when entry.Read<ProfileEvent>().InvitedBy is { Length: > 0 } code:
                Claims.Add(Claim.Mgm(entry.Tenant, code));
                break;
        }
    }

    private void AddAccount(Entry entry, string? account)
    {
        if (account is not null)
            Accounts.Add(Key.Of(entry.Tenant, account));
    }

    private void AddCard(Entry entry, string? card)
    {
        if (card is not null)
            Claims.Add(Claim.Card(entry.Tenant, card));
    }
}
