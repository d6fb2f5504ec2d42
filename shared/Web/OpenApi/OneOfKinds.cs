using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>JsonPolymorphic comes out as anyOf; exactly one kind applies, and its discriminator is required.</summary>
internal sealed class OneOfKinds : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var schema in document.Components?.Schemas?.Values.OfType<OpenApiSchema>() ?? [])
        {
            if (schema is not { Discriminator.PropertyName: { } discriminator, AnyOf.Count: > 0 })
                continue;
            schema.OneOf = schema.AnyOf;
            schema.AnyOf = null;
            (schema.Required ??= new HashSet<string>()).Add(discriminator);
            foreach (var kind in schema.OneOf.OfType<OpenApiSchemaReference>().Select(reference => reference.RecursiveTarget).OfType<OpenApiSchema>())
            {
                kind.Type = JsonSchemaType.Object;
                (kind.Required ??= new HashSet<string>()).Add(discriminator);
            }
        }
        return Task.CompletedTask;
    }
}
