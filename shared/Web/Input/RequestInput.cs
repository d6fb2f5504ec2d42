using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loyalty.Web;

/// <summary>
/// Accepts or refuses what came in a request before a handler gets it: the text of its path, query and headers, and the
/// JSON of its body. What the framework cannot bind is explained by looking at the request and the handler.
/// </summary>
internal static class RequestInput
{
    public static void AddTo(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is { } handle)
            endpoint.RequestDelegate = context => HandleAsync(context, handle);
    }

    private static async Task HandleAsync(HttpContext context, RequestDelegate handle)
    {
        var metadata = context.GetEndpoint()!.Metadata;
        if (RequestText.Fault(context.Request) is { } fault)
        {
            await BadInput.Parameter(fault, UnicodeText.Rule).ExecuteAsync(context);
            return;
        }
        var handler = metadata.GetMetadata<MethodInfo>();
        var accepts = metadata.GetMetadata<IAcceptsMetadata>();
        var body = accepts?.RequestType is { } type && IsBound(handler, type) ? accepts : null;
        ReadOnlyMemory<byte> json = default;
        if (body is not null && context.Request.HasJsonContentType())
        {
            json = await JsonBytes.ReadAsync(context.Request, context.RequestAborted);
            if (FaultOf(json, body) is { } unreadable)
            {
                await unreadable.ExecuteAsync(context);
                return;
            }
            if (metadata.GetMetadata<TellsUnknownFields>() is { } tells
                && UnknownFields.Check(context, json, body.RequestType!, tells.Answer, SettingsOf(context)) is { } unknown)
            {
                await unknown.ExecuteAsync(context);
                return;
            }
            context.Request.Body = StreamOf(json);
            context.Request.ContentType = "application/json";
        }
        try
        {
            await handle(context);
        }
        catch (Exception error)
            when (!context.Response.HasStarted && Explain(error, context, handler, body, json) is { } problem)
        {
            await problem.ExecuteAsync(context);
        }
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);

    /// <summary>Note: an operation may name a body in the document and read it by itself.</summary>
    private static bool IsBound(MethodInfo? handler, Type type) =>
        handler?.GetParameters().Any(parameter => parameter.ParameterType == type) == true;

    private static ProblemHttpResult? FaultOf(ReadOnlyMemory<byte> json, IAcceptsMetadata body)
    {
        if (json.IsEmpty)
            return body.IsOptional ? null : BadInput.MissingBody();
        if (JsonInput.Check(json.Span) is { } unreadable)
            return unreadable.ToProblem();
        return !body.IsOptional && json.Span.Trim(" \t\r\n"u8).SequenceEqual("null"u8) ? BadInput.MissingBody() : null;
    }

    private static ProblemHttpResult? Explain(
        Exception error, HttpContext context, MethodInfo? handler, IAcceptsMetadata? body, ReadOnlyMemory<byte> json)
    {
        switch (error)
        {
            case BadHttpRequestException { InnerException: JsonException } or NotSupportedException when !json.IsEmpty:
                return JsonInput.Explain(json.Span, body!.RequestType!, SettingsOf(context))?.ToProblem();
            case BadHttpRequestException { StatusCode: 400, InnerException: null } when handler is not null:
                return ParameterFaults.Of(context, handler) is { Count: > 0 } faults ? BadInput.Parameters(faults)
                    : body is not null && json.IsEmpty ? BadInput.MissingBody()
                    : null;
            default:
                return null;
        }
    }

    private static JsonSerializerOptions SettingsOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
}
