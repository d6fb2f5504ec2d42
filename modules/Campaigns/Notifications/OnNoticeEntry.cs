using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>Decides the entries that concern notifications.</summary>
internal sealed class OnNoticeEntry : INotificationHandler<EventHappened>
{
    public Task Handle(EventHappened notification, CancellationToken cancellationToken)
    {
        var (pass, entry) = notification;
        switch (entry.Kind)
        {
            case NoticeEntries.Due:
                SendNotice.Decide(pass, entry, entry.Read<NoticeEntries.DueBody>());
                break;
            case NoticeEntries.Members:
                SendToMembers.Decide(pass, entry, entry.Read<NoticeEntries.MembersBody>());
                break;
            case NoticeEntries.Plan:
                PlanNotices.Decide(pass, entry, entry.Read<NoticeEntries.PlanBody>());
                break;
            case NoticeEntries.Review:
                ReviewNotices.Decide(pass, entry, entry.Read<NoticeEntries.ReviewBody>());
                break;
        }
        return Task.CompletedTask;
    }
}
