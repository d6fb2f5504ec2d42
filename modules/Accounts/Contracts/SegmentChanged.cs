using MediatR;

namespace Loyalty.Accounts.Contracts;

/// <summary>An account has come into another segment.</summary>
/// <param name="Incarnation">The account's random name, which leads to no person.</param>
/// <param name="From">Null: it was in none, or is new.</param>
/// <param name="To">Null: it is in none, or was erased.</param>
public sealed record SegmentChanged(Pass Pass, string Incarnation, string? From, string? To, DateTimeOffset At) : INotification;
