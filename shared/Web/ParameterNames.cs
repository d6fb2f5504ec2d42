using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Loyalty.Web;

/// <summary>What a caller calls a handler's parameter.</summary>
internal static class ParameterNames
{
    public static string Of(ParameterInfo parameter) => Of(parameter.GetCustomAttributes(), parameter.Name!);

    /// <summary>The caller's name for the parameter, or the member of a parameter group, that the framework calls so.</summary>
    public static string Of(MethodInfo? handler, string name)
    {
        var parameters = handler?.GetParameters() ?? [];
        if (Array.Find(parameters, parameter => parameter.Name == name) is { } found)
            return Of(found);
        var member = parameters.Where(parameter => parameter.GetCustomAttribute<AsParametersAttribute>() is not null)
            .Select(group => group.ParameterType.GetProperty(name))
            .FirstOrDefault(property => property is not null);
        return member is null ? name : Of(member.GetCustomAttributes(), name);
    }

    private static string Of(IEnumerable<Attribute> attributes, string name) => attributes.Select(attribute => attribute switch
    {
        IFromQueryMetadata query => query.Name,
        IFromHeaderMetadata header => header.Name,
        IFromRouteMetadata route => route.Name,
        _ => null,
    }).FirstOrDefault(given => given is not null) ?? name;
}
