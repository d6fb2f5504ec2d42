using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>XML documentation of handlers as the summaries and descriptions of operations, parameters, bodies and answers.</summary>
internal sealed class DescribedOperations(XmlDocs docs) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<MethodInfo>().FirstOrDefault() is { } handler && docs.Of(handler) is { } text)
        {
            operation.Summary ??= XmlDocs.Text(text.Element("summary"));
            operation.Description ??= XmlDocs.Text(text.Element("remarks"));
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
                parameter.Description ??= XmlDocs.Text(text.Elements("param").FirstOrDefault(param => XmlDocs.Named(param, parameter.Name!)));
            if (operation.RequestBody is OpenApiRequestBody body)
                body.Description ??= XmlDocs.Text(text.Elements("param").FirstOrDefault(param => XmlDocs.Named(param, "body") || XmlDocs.Named(param, "request")));
            if (XmlDocs.Text(text.Element("returns")) is { } returns && operation.Responses?.FirstOrDefault(answer => answer.Key.StartsWith('2')).Value is OpenApiResponse success)
                success.Description = returns;
        }
        if (metadata.OfType<RequestExample>().FirstOrDefault() is { } example)
            foreach (var content in operation.RequestBody?.Content?.Values ?? [])
                content.Example = example.Json.DeepClone();
        return Task.CompletedTask;
    }
}
