using System.ComponentModel.DataAnnotations;
using System.Reflection;
using FluentValidation;
using Loyalty.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Loyalty.Web;

/// <summary>
/// Validates what a handler is about to get: the body by its FluentValidation validator, parameters by the attributes
/// they carry. The errors are keyed as the caller wrote them: JSON paths and parameter names.
/// </summary>
internal static class RequestValidation
{
    public static void AddTo(EndpointBuilder endpoint) =>
        endpoint.FilterFactories.Add((context, next) => Create(context, endpoint.Metadata, next));

    private static EndpointFilterDelegate Create(EndpointFilterFactoryContext context, IList<object> metadata, EndpointFilterDelegate next)
    {
        var body = metadata.OfType<IAcceptsMetadata>().FirstOrDefault()?.RequestType;
        var checks = context.MethodInfo.GetParameters()
            .Select((parameter, index) => CheckOf(parameter, index, body))
            .OfType<Check>()
            .ToArray();
        return checks.Length == 0 ? next : invocation => RunAsync(invocation, checks, next);
    }

    private static async ValueTask<object?> RunAsync(EndpointFilterInvocationContext invocation, Check[] checks, EndpointFilterDelegate next)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var check in checks)
            await check(invocation, errors);
        return errors.Count == 0 ? await next(invocation) : Problems.Validation(errors);
    }

    private static Check? CheckOf(ParameterInfo parameter, int index, Type? body)
    {
        if (parameter.ParameterType == body && body != typeof(string) || parameter.GetCustomAttribute<AsParametersAttribute>() is not null)
            return BodyCheck(parameter.ParameterType, index);
        if (parameter.ParameterType == typeof(DateOnly) || parameter.ParameterType == typeof(DateOnly?))
            return DayCheck(ParameterNames.Of(parameter));
        var rules = parameter.GetCustomAttributes<ValidationAttribute>().ToArray();
        if (rules.Length == 0 && ParameterFaults.IsText(parameter) && !IsTextBody(parameter))
            return EmptyCheck(ParameterNames.Of(parameter));
        return rules.Length == 0 ? null : ParameterCheck(IsTextBody(parameter) ? "$" : ParameterNames.Of(parameter), rules, index);
    }

    /// <summary>A body that is one JSON string is checked by the attributes of its parameter, like any other text.</summary>
    internal static bool IsTextBody(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) && parameter.GetCustomAttribute<Microsoft.AspNetCore.Mvc.FromBodyAttribute>() is not null;

    private static Check BodyCheck(Type type, int index)
    {
        var validatorType = typeof(IValidator<>).MakeGenericType(type);
        return async (invocation, errors) =>
        {
            if (invocation.HttpContext.RequestServices.GetService(validatorType) is not IValidator validator)
                return;
            if (invocation.Arguments[index] is not { } body)
                return;
            var result = await validator.ValidateAsync(new ValidationContext<object>(body), invocation.HttpContext.RequestAborted);
            foreach (var (path, messages) in result.ToFields())
                errors[path] = messages;
        };
    }

    private static Check ParameterCheck(string name, ValidationAttribute[] rules, int index) => (invocation, errors) =>
    {
        var value = invocation.Arguments[index];
        if (IsEmptyInQuery(invocation, name))
        {
            errors[name] = [Empty];
            return ValueTask.CompletedTask;
        }
        var broken = rules.Where(rule => !rule.IsValid(value)).Select(rule => rule.FormatErrorMessage(name)).ToArray();
        if (broken.Length > 0)
            errors[name] = broken;
        return ValueTask.CompletedTask;
    };

    /// <summary>Note: the framework reads days in other ways, too.</summary>
    private static Check DayCheck(string name) => (invocation, errors) =>
        IsEmptyInQuery(invocation, name) ? EmptyCheck(name)(invocation, errors)
        : invocation.HttpContext.Request.Query[name].FirstOrDefault() is { Length: > 0 } text && !IsoDate.TryParse(text, out var _)
            ? throw new BadParameterException(name, $"\"{text}\" is no day. Use a day such as 2026-02-28.")
            : ValueTask.CompletedTask;

    private const string Empty = "This parameter is empty. Give it a value, or leave it out.";

    private static Check EmptyCheck(string name) => (invocation, errors) =>
    {
        if (IsEmptyInQuery(invocation, name))
            errors[name] = [Empty];
        return ValueTask.CompletedTask;
    };

    private static bool IsEmptyInQuery(EndpointFilterInvocationContext invocation, string name) =>
        invocation.HttpContext.Request.Query.TryGetValue(name, out var values) && values.Any(string.IsNullOrEmpty);

    private delegate ValueTask Check(EndpointFilterInvocationContext invocation, Dictionary<string, string[]> errors);
}
