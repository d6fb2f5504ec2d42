using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>
/// JsonPolymorphic comes out as anyOf, of kinds that carry the name of their base before their own. Exactly one kind
/// applies, its discriminator is required, and its own name will do.
/// </summary>
internal sealed class OneOfKinds : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        foreach (var (name, schema) in schemas.ToArray())
            if (schema is OpenApiSchema { Discriminator.PropertyName: not null, AnyOf.Count: > 0 } several)
                MakeOneOf(name, several, document, schemas);
        return Task.CompletedTask;
    }

    private static void MakeOneOf(string name, OpenApiSchema several, OpenApiDocument document, IDictionary<string, IOpenApiSchema> schemas)
    {
        var discriminator = several.Discriminator!;
        var renamed = new Dictionary<string, OpenApiSchemaReference>();
        foreach (var longName in several.AnyOf!.OfType<OpenApiSchemaReference>().Select(kind => kind.Reference.Id!))
        {
            var shortName = longName.StartsWith(name, StringComparison.Ordinal) && !schemas.ContainsKey(longName[name.Length..]) ? longName[name.Length..] : longName;
            var kind = (OpenApiSchema)schemas[longName];
            kind.Type = JsonSchemaType.Object;
            Require(kind, discriminator.PropertyName!);
            schemas.Remove(longName);
            schemas[shortName] = kind;
            renamed[longName] = new OpenApiSchemaReference(shortName, document);
        }
        several.OneOf = [.. renamed.Values];
        several.AnyOf = null;
        discriminator.Mapping = discriminator.Mapping?.ToDictionary(kind => kind.Key, kind => renamed[kind.Value.Reference.Id!]);
        Require(several, discriminator.PropertyName!);
    }

    private static void Require(OpenApiSchema schema, string property) => (schema.Required ??= new HashSet<string>()).Add(property);
}
