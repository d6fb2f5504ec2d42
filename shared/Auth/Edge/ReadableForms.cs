using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

/// <summary>
/// Reads the form of a sign-in before the token server does. Note: that one takes it for granted that a form can be read;
/// one with NUL in it, too many fields or one too long is the caller's fault, and is told in the words of OAuth.
/// </summary>
internal sealed class ReadableForms : IMiddleware
{
    private const string Form = "application/x-www-form-urlencoded";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (await FaultAsync(context.Request) is { } fault)
            await TypedResults.Json(
                new Dictionary<string, string> { [Parameters.Error] = Errors.InvalidRequest, [Parameters.ErrorDescription] = fault },
                statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
        else
            await next(context);
    }

    private static async Task<string?> FaultAsync(HttpRequest request)
    {
        var isForm = request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) == true;
        if (!isForm || !AuthPaths.IsSignIn(request))
            return null;
        request.EnableBuffering();
        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return null;
        }
        catch (InvalidDataException)
        {
            return await FieldWithNulAsync(request) is { } field
                ? $"The field {field} holds a NUL character."
                : "The form cannot be read: it has too many fields, or one that is too long.";
        }
    }

    /// <summary>Note: the reader of forms refuses NUL as well, but does not say where it stands.</summary>
    private static async Task<string?> FieldWithNulAsync(HttpRequest request)
    {
        request.Body.Position = 0;
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var form = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        var field = form.Split('&').FirstOrDefault(field => field.Contains("%00", StringComparison.Ordinal));
        return field is null ? null : UnicodeText.Shown(field.Split('=')[0]);
    }
}
