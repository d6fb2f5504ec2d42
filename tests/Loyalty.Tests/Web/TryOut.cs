using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FluentValidation;
using Loyalty.Modularity;
using Loyalty.Web;
using Loyalty.Web.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Web;

/// <summary>A module with one route of each kind, to try the Web module on.</summary>
[DependsOn(typeof(WebModule))]
internal sealed class TryOut : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        context.Services.AddValidators(typeof(TryOut).Assembly);
        context.Services.Configure<WebOptions>(web =>
        {
            (web.Title, web.PathBase) = ("Try-out", "/base");
            web.Tags.Add(("stats", "Figures."));
            web.Tags.Add(("nothing", "Not used."));
        });
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var things = routes.MapApi("/api/thing", "thing", "stats");
        things.MapPut("/{thing}", Put).WithName("putThing").ProducesProblem(409).WithMetadata(new Access()).WithRequestExample("""{"id":"abc"}""");
        things.MapGet("/{thing}", Get).WithName("getThing");
        things.MapPost("/{thing}/push", Push).WithName("push").ValidatesItself();
        things.MapGet("/broken", Results<Ok, NotFound> () => throw new InvalidOperationException("a secret"));
    }

    /// <summary>Keeps a thing.</summary>
    /// <remarks>Works as upsert.</remarks>
    /// <param name="thing">Which one.</param>
    internal static Results<Ok<Thing>, ProblemHttpResult> Put([ThingId] string thing, Thing body) =>
        body.Id == thing ? TypedResults.Ok(body) : Problems.Conflict("id_differs", "The id in the body differs from the one in the path.");

    private static Ok<string> Get([ThingId] string thing, DateOnly? from, [FromQuery(Name = "_start"), Range(0, 10)] int? start, bool @lock = false) =>
        TypedResults.Ok($"{thing} {from:O} {start} {@lock}");

    private static NoContent Push([ThingId] string thing, [FromBody] string pushId) => TypedResults.NoContent();

    private sealed class Access : IAccessMetadata
    {
        public bool People => true;

        public bool Partners => true;

        public IReadOnlyList<string> Roles => ["ROLE_THING"];
    }
}

internal sealed class ThingIdAttribute() : RegularExpressionAttribute("[a-z]{3,8}");

public enum Kind
{
    Standard,
    SpecificTime,
}

/// <summary>A thing that walks.</summary>
/// <param name="Id">What it is called.</param>
internal sealed record Thing(string Id, Kind Kind, IReadOnlyList<Step>? Steps, DateTimeOffset? At, DateOnly? Day, decimal? Total, Dictionary<string, string>? Payload)
{
    /// <summary>For people to read.</summary>
    /// <example>Summer</example>
    public string? Name { get; init; }

    /// <summary>Where it ends.</summary>
    public Step? Last { get; init; }

    internal sealed class Validator : AbstractValidator<Thing>
    {
        public Validator()
        {
            RuleFor(thing => thing.Id).Pattern("[a-z]{3,8}");
            RuleFor(thing => thing.Name).NotEmpty().Length(3, 16);
            RuleFor(thing => thing.Total).InclusiveBetween(0, 100);
            RuleFor(thing => thing.Steps).NotNull().Items(1, 2);
            RuleForEach(thing => thing.Steps).NotNull().SetInheritanceValidator(kinds => kinds.Add(new MessageStep.Validator()));
        }
    }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MessageStep), "MESSAGE")]
[JsonDerivedType(typeof(WalletStep), "WALLET")]
internal abstract record Step
{
    /// <summary>Unique in the thing.</summary>
    public required string Id { get; init; }
}

internal sealed record MessageStep : Step
{
    public string? Title { get; init; }

    internal sealed class Validator : AbstractValidator<MessageStep>
    {
        public Validator() => RuleFor(step => step.Title).MaximumLength(5);
    }
}

internal sealed record WalletStep : Step
{
    public decimal Amount { get; init; }
}
