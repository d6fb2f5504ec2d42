using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Web;

/// <summary>The FluentValidation validators of the modules.</summary>
public static class Validators
{
    /// <summary>Registers every validator of a module's assembly, nested and internal ones included.</summary>
    public static IServiceCollection AddValidators(this IServiceCollection services, Assembly assembly)
    {
        SpeakJson();
        return services.AddValidatorsFromAssembly(assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
    }

    /// <summary>JSON paths of what is not valid, each with what is wrong there.</summary>
    public static Dictionary<string, string[]> ToFields(this ValidationResult result) => result.Errors
        .GroupBy(error => error.PropertyName.Length == 0 ? "$" : error.PropertyName)
        .ToDictionary(field => field.Key, field => field.Select(error => error.ErrorMessage).Distinct().ToArray());

    /// <summary>Note: a validator is read when it is made, so this must come first; it is process-wide in FluentValidation.</summary>
    internal static void SpeakJson()
    {
        ValidatorOptions.Global.LanguageManager.Enabled = false;
        // Note: a rule asks for its name each time it is applied.
        var names = new ConcurrentDictionary<(MemberInfo?, LambdaExpression?), string?>();
        ValidatorOptions.Global.PropertyNameResolver = (_, member, expression) => names.GetOrAdd((member, expression), JsonName);
        ValidatorOptions.Global.DisplayNameResolver = ValidatorOptions.Global.PropertyNameResolver;
    }

    /// <summary>Fails when a route takes a body that nobody validates.</summary>
    internal static void RequireAll(IEndpointRouteBuilder routes)
    {
        var known = routes.ServiceProvider.GetRequiredService<IServiceProviderIsService>();
        var unguarded = routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ValidatesItselfMetadata>() is null)
            .Select(endpoint => (endpoint, body: endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType))
            .Where(route => route.body is not null && !IsCheckedText(route.endpoint) && !known.IsService(typeof(IValidator<>).MakeGenericType(route.body)))
            .Select(route => $"{route.body} ({route.endpoint.RoutePattern.RawText})")
            .ToArray();
        if (unguarded.Length > 0)
            throw new InvalidOperationException($"These request bodies have no validator: {string.Join(", ", unguarded)}.");
    }

    private static bool IsCheckedText(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters()
        .Any(parameter => RequestValidation.IsTextBody(parameter) && parameter.GetCustomAttributes<System.ComponentModel.DataAnnotations.ValidationAttribute>().Any()) == true;

    private static string? JsonName((MemberInfo? Member, LambdaExpression? Expression) named)
    {
        var (member, expression) = named;
        if (expression is not null && PropertyChain.FromExpression(expression) is { Count: > 1 } chain)
            return string.Join('.', chain.ToString().Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
        return member?.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
            ?? (member is null ? null : JsonNamingPolicy.CamelCase.ConvertName(member.Name));
    }
}
