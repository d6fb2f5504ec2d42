using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Web;

/// <summary>How a module starts its route table.</summary>
public static class ApiRoutes
{
    /// <summary>A group of routes whose text, bodies and parameters are checked before the handler is called.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string prefix, params string[] tags)
    {
        var group = routes.MapGroup(prefix);
        ((IEndpointConventionBuilder)group).Add(RequestInput.AddTo);
        ((IEndpointConventionBuilder)group).Add(RequestValidation.AddTo);
        if (tags.Length > 0)
            group.WithTags(tags);
        return group;
    }

    /// <summary>
    /// Fields of the body that nothing reads are warned of, or refused where they are nearly one that is absent, and always under
    /// <c>Prefer: handling=strict</c>. What the operation answers is accepted, so that an answer can be sent back.
    /// </summary>
    public static TBuilder TellsUnknownFields<TBuilder>(this TBuilder builder, Type answer) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new TellsUnknownFields(answer));

    /// <summary>What is to be told of the fields of a request's body that nothing reads; null if there are none.</summary>
    public static IReadOnlyList<string>? Warnings(this HttpContext context) => UnknownFields.WarningsOf(context);

    /// <summary>Says that a body has no validator on purpose: the handler judges it itself.</summary>
    public static TBuilder ValidatesItself<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ValidatesItselfMetadata());
}

internal sealed class ValidatesItselfMetadata;
