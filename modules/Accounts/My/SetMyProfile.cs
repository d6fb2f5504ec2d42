using System.Text.Json.Serialization;
using FluentValidation;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

/// <summary>A person says who they are. An absent field is left as it is, null clears it.</summary>
internal sealed class SetMyProfile : EntryHandler<SetMyProfile.Request>
{
    [EntryKind("account.profile")]
    public sealed record Request
    {
        /// <summary>Up to 128 characters; null clears it.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public Optional<string?> FirstName { get; init; }

        /// <summary>Up to 128 characters; null clears it.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public Optional<string?> LastName { get; init; }

        /// <summary>A day that has been; null clears it.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public Optional<DateOnly?> Birthdate { get; init; }

        /// <summary>Null clears it.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public Optional<Sex?> Sex { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        private static readonly DateOnly Earliest = new(1900, 1, 1);

        public Validator(TimeProvider time)
        {
            RuleFor(r => r.FirstName.Value).MaximumLength(128).OverridePropertyName("firstName").WithMessage("A name has up to 128 characters.");
            RuleFor(r => r.LastName.Value).MaximumLength(128).OverridePropertyName("lastName").WithMessage("A name has up to 128 characters.");
            RuleFor(r => r.Birthdate.Value)
                .Must(day => day is null || day >= Earliest && day <= DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime.AddDays(1)))
                .WithMessage("A birthdate lies between 1900-01-01 and today.").OverridePropertyName("birthdate");
        }
    }

    public static Task<Results<Ok<AccountAnswer>, Accepted, ProblemHttpResult>> Handle(
        Request request, Caller caller, MyAccount mine, CancellationToken cancellationToken) => mine.ChangeAsync(caller, request, cancellationToken);

    protected override void Needs(Needs needs, Entry entry, Request body) => needs.Account(entry.Tenant, entry.Subject!);

    protected override Task DecideAsync(Pass pass, Entry entry, Request body)
    {
        pass.Concerns(entry.Subject!);
        var account = pass.Change(Members.Open(pass, entry.Tenant, entry.Subject!, entry.At), known => Apply(known, body, entry.At));
        return pass.PublishAsync(new AccountChanged(pass, account, null));
    }

    /// <summary>Pure.</summary>
    public static Account Apply(Account account, Request request, DateTimeOffset at)
    {
        account = Seen.At(account, at);
        account = HeaderFields.SetIfGiven(account, "firstName", request.FirstName, at, (header, value) => header with { FirstName = value });
        account = HeaderFields.SetIfGiven(account, "lastName", request.LastName, at, (header, value) => header with { LastName = value });
        account = HeaderFields.SetIfGiven(account, "birthdate", request.Birthdate, at, (header, value) => header with { Birthdate = value });
        return HeaderFields.SetIfGiven(account, "sex", request.Sex, at, (header, value) => header with { Sex = value });
    }
}
