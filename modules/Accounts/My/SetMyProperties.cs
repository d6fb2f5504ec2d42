using System.Text.RegularExpressions;
using FluentValidation;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

/// <summary>A person sets properties and tags of their own: those whose names begin with <c>my_</c>.</summary>
internal static partial class SetMyProperties
{
    public sealed record Request
    {
        /// <summary>Values by key, <c>my_[a-zA-Z0-9_.-]+</c> of up to 64 characters; null removes the property.</summary>
        public IReadOnlyDictionary<string, string?>? Properties { get; init; }

        /// <summary>Up to 16 tags, <c>my_[a-zA-Z0-9_.-]+</c> of up to 64 characters each.</summary>
        public IReadOnlyList<string>? AddTags { get; init; }

        /// <summary>Up to 16 tags, <c>my_[a-zA-Z0-9_.-]+</c> of up to 64 characters each.</summary>
        public IReadOnlyList<string>? RemoveTags { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        private const string Key = "begins with my_, followed by characters a-z A-Z 0-9 _ . -, up to 64 in all";

        public Validator()
        {
            RuleForEach(r => r.Properties).Must(pair => IsMine(pair.Key)).WithMessage($"A key that you may set {Key}.")
                .Must(pair => pair.Value is null or { Length: <= 1024 }).WithMessage("A value has up to 1024 characters.");
            RuleFor(r => r.AddTags).Must(tags => tags is null or { Count: <= 16 }).WithMessage("At most 16 tags.");
            RuleFor(r => r.RemoveTags).Must(tags => tags is null or { Count: <= 16 }).WithMessage("At most 16 tags.");
            RuleForEach(r => r.AddTags).Must(IsMine).WithMessage($"A tag that you may set {Key}.");
            RuleForEach(r => r.RemoveTags).Must(IsMine).WithMessage($"A tag that you may set {Key}.");
        }

        private static bool IsMine(string? name) => name is { Length: <= 64 } && Mine().IsMatch(name);
    }

    public static Task<Results<Ok<AccountAnswer>, Accepted, ProblemHttpResult>> Handle(
        Request request, Caller caller, MyAccount mine, CancellationToken cancellationToken) => mine.ChangeAsync(caller, new PropertiesEvent
        {
            Account = caller.Id,
            Properties = request.Properties,
            AddTags = request.AddTags,
            RemoveTags = request.RemoveTags,
        }, cancellationToken);

    [GeneratedRegex(@"^my_[a-zA-Z0-9_.-]+\z")]
    private static partial Regex Mine();
}
