using Loyalty.Accounts.Contracts;
using MediatR;

namespace Loyalty.Stats;

/// <summary>Records what statistics count of segments.</summary>
internal sealed class OnSegmentChanged : INotificationHandler<SegmentChanged>
{
    public Task Handle(SegmentChanged notification, CancellationToken cancellationToken)
    {
        var pass = notification.Pass;
        var moves = pass.Additions<SegmentMove>();
        moves.Add(new SegmentMove
        {
            Id = pass.NewId(),
            Tenant = pass.Entry.Tenant,
            From = notification.From,
            To = notification.To,
            Incarnation = notification.Incarnation,
            At = notification.At,
            Day = pass.Zone().DayOf(notification.At),
        });
        return Task.CompletedTask;
    }
}
