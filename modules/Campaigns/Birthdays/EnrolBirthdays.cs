using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>
/// A day has begun of a running birthday campaign. After a stop the days that were missed are made up for, in order, up to a week.
/// </summary>
internal sealed class BeginBirthdays : EntryHandler<BeginBirthdays.Body>
{
    /// <summary>Wishes that come later than this are left out.</summary>
    private const int DaysMadeUpFor = 7;

    [EntryKind("campaign.birthdays")]
    internal sealed record Body(string Campaign, DateOnly Day);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.StartedCampaign(entry.Tenant, body.Campaign) is not { Birthday: { } due } campaign || due.Day != body.Day || !campaign.IsLiveAt(entry.At) || campaign.IsPaused)
            return Task.CompletedTask;
        var zone = pass.Zone();
        var oldest = zone.DayOf(entry.AcceptedAt).AddDays(-DaysMadeUpFor);
        var next = body.Day < oldest ? oldest : body.Day.AddDays(1);
        pass.Put(campaign with { Birthday = new BirthdayDue(next, zone.StartOf(next)) });
        if (body.Day >= oldest)
            pass.Start(new EnrolBirthdays.Body(campaign.Id, body.Day));
        return Task.CompletedTask;
    }
}

/// <summary>Enrols the accounts whose birthday it is. An account is enrolled once a year, whatever becomes of its birthdate.</summary>
internal sealed class EnrolBirthdays(IAccountSearch accounts, JoinIndexes joins) : ChainHandler<EnrolBirthdays.Body>
{
    [EntryKind("campaign.enrol-birthdays")]
    internal sealed record Body(string Campaign, DateOnly Day);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body, string item) => needs.Account(entry.Tenant, item);

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        pass.StartedCampaign(entry.Tenant, body.Campaign) is not { } campaign ? [] : ChainItem.ById(await accounts.MatchingAsync(
            entry.Tenant, new Wanted(campaign.Definition.Constraints, entry.AcceptedAt, pass.Zone(), Birthdays.KeptOn(body.Day)), after, limit, cancellationToken));

    protected override bool Continues(Pass pass, Entry entry, Body body) =>
        pass.StartedCampaign(entry.Tenant, body.Campaign) is { IsPaused: false } campaign && campaign.IsLiveAt(entry.AcceptedAt);

    protected override async Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        if (pass.Account(entry.Tenant, item) is not { } account || !Birthdays.KeptOn(body.Day).Contains(account.Birthday)
            || pass.StartedCampaign(entry.Tenant, body.Campaign) is not { } campaign)
            return;
        pass.Concerns(account.Id);
        var walks = new MemberWalks(joins, pass, account);
        if (await walks.TryJoinAsync(campaign, body.Day.Year))
            await walks.SettleAsync();
    }
}
