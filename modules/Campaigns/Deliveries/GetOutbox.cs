using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Outbox;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Shows an operator what goes out and what does not.</summary>
internal static class GetOutbox
{
    private const int Most = 1000;

    public static async Task<Ok<IReadOnlyList<OutboxAnswer>>> Handle(
        Caller caller, IOutbox outbox, CancellationToken cancellationToken, [RegularExpression("PENDING|DELIVERED|DEAD|WITHDRAWN")] string? status = null)
    {
        var wanted = status is null ? (OutboxStatus?)null : Enum.Parse<OutboxStatus>(status, ignoreCase: true);
        var items = await outbox.ListAsync(caller.Tenant, wanted, Most, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<OutboxAnswer>>([.. items.Select(OutboxAnswer.Of)]);
    }
}

internal enum OutboxKind
{
    /// <summary>A push notification, for the tenant's push webhook.</summary>
    Push,

    /// <summary>A credit, for the tenant's outside wallet.</summary>
    Wallet,

    /// <summary>A link for a forgotten password, for the tenant's push webhook.</summary>
    Password,
}

/// <summary>Something that goes out, and how far it has come.</summary>
internal sealed record OutboxAnswer
{
    /// <summary>Also its idempotency key: the receiver sees the same in every attempt.</summary>
    public required string Id { get; init; }

    public required OutboxKind Kind { get; init; }

    /// <summary>PENDING: to be tried at <c>nextAt</c>. DELIVERED. DEAD: given up, can be resent. WITHDRAWN: not wanted any more.</summary>
    public required OutboxStatus Status { get; init; }

    public required string Campaign { get; init; }

    /// <summary>Absent once the account is erased.</summary>
    public string? Account { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>How often it has been tried, or tried again since it was resent.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is tried next; while it is being tried, when another host would take it over.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The HTTP status of the last answer; absent where there was none.</summary>
    public int? LastStatus { get; init; }

    /// <summary>What became of the last attempt, and what to do about it.</summary>
    public string? Why { get; init; }

    private static readonly FieldList<OutboxItem, OutboxAnswer> Fields = new(list => list
        .Map(answer => answer.Kind, item => Enum.Parse<OutboxKind>(item.Channel, true))
        .Map(answer => answer.Campaign, item => item.About.GetValueOrDefault("campaign", ""))
        .Map(answer => answer.Account, item => item.Subject.Length > 0 ? item.Subject : null)
        .Map(answer => answer.Created, item => item.CreatedAt));

    public static OutboxAnswer Of(OutboxItem item) => Fields.Of(item);
}
