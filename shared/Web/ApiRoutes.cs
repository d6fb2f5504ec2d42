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

    /// <summary>Says that a body has no validator on purpose: the handler judges it itself.</summary>
    public static TBuilder ValidatesItself<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ValidatesItselfMetadata());
}

internal sealed class ValidatesItselfMetadata;
