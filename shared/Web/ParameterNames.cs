using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Loyalty.Web;

/// <summary>What a caller calls a handler's parameter.</summary>
internal static class ParameterNames
{
    public static string Of(ParameterInfo parameter) => Of(parameter.GetCustomAttributes(), parameter.Name!);

    private static string Of(IEnumerable<Attribute> attributes, string name) => attributes.Select(attribute => attribute switch
    {
        IFromQueryMetadata query => query.Name,
        IFromHeaderMetadata header => header.Name,
        IFromRouteMetadata route => route.Name,
        _ => null,
    }).FirstOrDefault(given => given is not null) ?? name;
}
