using System.Globalization;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>Writes what a type's validator demands, unconditionally, into its schema: required, lengths, patterns, ranges.</summary>
internal sealed class ValidatorBounds : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = typeof(IValidator<>).MakeGenericType(context.JsonTypeInfo.Type);
        if (context.ApplicationServices.GetService(type) is not IValidator validator)
            return Task.CompletedTask;
        foreach (var rule in validator.CreateDescriptor().Rules.Where(rule => rule is { HasCondition: false, HasAsyncCondition: false, PropertyName: not null }))
            foreach (var component in rule.Components.Where(component => component is { HasCondition: false, HasAsyncCondition: false }))
                Apply(schema, rule, component.Validator);
        return Task.CompletedTask;
    }

    private static void Apply(OpenApiSchema owner, IValidationRule rule, IPropertyValidator validator)
    {
        if (owner.Properties is null || !owner.Properties.TryGetValue(rule.PropertyName, out var property) || property is not OpenApiSchema found)
            return;
        var eachItem = rule.GetType().GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ICollectionRule<,>));
        var schema = eachItem ? found.Items as OpenApiSchema : found;
        if (schema is null)
            return;
        if (validator is INotNullValidator or INotEmptyValidator && !eachItem)
            (owner.Required ??= new HashSet<string>()).Add(rule.PropertyName);
        Bound(schema, validator);
    }

    private static void Bound(OpenApiSchema schema, IPropertyValidator validator)
    {
        switch (validator)
        {
            case IItemCount count when schema.Type is { } kind && kind.HasFlag(JsonSchemaType.Object):
                schema.MinProperties = count.Min > 0 ? count.Min : null;
                schema.MaxProperties = count.Max;
                break;
            case IItemCount count:
                schema.MinItems = count.Min > 0 ? count.Min : null;
                schema.MaxItems = count.Max;
                break;
            case ILengthValidator length:
                schema.MinLength = length.Min > 0 ? length.Min : schema.MinLength;
                schema.MaxLength = length.Max > 0 ? length.Max : schema.MaxLength;
                break;
            case IRegularExpressionValidator pattern:
                // Note: \z is how .NET says the end; others say $.
                schema.Pattern = pattern.Expression.Replace("\\z", "$", StringComparison.Ordinal);
                break;
            case IBetweenValidator between:
                schema.Minimum = Number(between.From);
                schema.Maximum = Number(between.To);
                break;
            case IComparisonValidator { ValueToCompare: not null } comparison:
                Compare(schema, comparison);
                break;
            case INotEmptyValidator when schema.Type == JsonSchemaType.String && schema.Format is null && schema.Enum is null:
                schema.MinLength ??= 1;
                break;
            case INotEmptyValidator when schema.Type == JsonSchemaType.Array:
                schema.MinItems ??= 1;
                break;
        }
    }

    private static void Compare(OpenApiSchema schema, IComparisonValidator comparison)
    {
        var value = Number(comparison.ValueToCompare);
        switch (comparison.Comparison)
        {
            case Comparison.GreaterThanOrEqual:
                schema.Minimum = value;
                break;
            case Comparison.GreaterThan:
                schema.ExclusiveMinimum = value;
                break;
            case Comparison.LessThanOrEqual:
                schema.Maximum = value;
                break;
            case Comparison.LessThan:
                schema.ExclusiveMaximum = value;
                break;
        }
    }

    private static string? Number(object value) =>
        value is int or long or decimal or double ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
}
