using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>
/// Enrols the accounts whose birthday it is: each day of a running birthday campaign, a chain of entries. After a stop the days that were
/// missed are made up for, in order, up to a week; an account is enrolled once a year, whatever becomes of its birthdate.
/// </summary>
internal static class EnrolBirthdays
{
    /// <summary>Wishes that come later than this are left out.</summary>
    private const int DaysMadeUpFor = 7;

    public static async Task DecideAsync(Pass pass, Entry entry, CampaignEntries.BirthdayBody body, IMediator mediator)
    {
        var campaigns = pass.Documents<Campaign>();
        var key = Key.Of(entry.Tenant, body.Campaign);
        if (campaigns.Find(key) is not { Birthday: { } due } campaign || due.Day != body.Day || !campaign.IsLiveAt(entry.At))
            return;
        var zone = pass.Zone();
        var oldest = zone.DayOf(entry.AcceptedAt).AddDays(-DaysMadeUpFor);
        if (body.Day < oldest)
        {
            campaigns.Put(campaign with { Birthday = new BirthdayDue(oldest, zone.StartOf(oldest)) });
            return;
        }
        var ids = pass.Held<MemberBatches>().Of(entry.Id);
        foreach (var id in ids)
        {
            if (pass.Account(entry.Tenant, id) is not { } account || !Birthdays.KeptOn(body.Day).Contains(account.Birthday))
                continue;
            var walks = new MemberWalks(mediator, pass, account);
            if (await walks.TryJoinAsync(campaign, body.Day.Year))
                await walks.SettleAsync();
        }
        var tomorrow = body.Day.AddDays(1);
        var goesOn = ids.Count == MemberBatches.Size;
        campaigns.Put(campaigns.Find(key)! with
        {
            Birthday = goesOn ? due : new BirthdayDue(tomorrow, zone.StartOf(tomorrow)),
            UpTo = goesOn ? ids[^1] : null,
        });
        if (goesOn)
            pass.Append(Next(entry.Tenant, entry.At, body with { Step = body.Step + 1 }));
    }

    public static NewEntry Next(string tenant, DateTimeOffset at, CampaignEntries.BirthdayBody body) => NewEntry.Internal(
        tenant, $"birthday:{body.Chain}:{body.Day:yyyy-MM-dd}:{body.Step}", CampaignEntries.Birthday, null, at, body);
}
