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

    private static readonly Dictionary<string, string> Unreadable = new()
    {
        [Parameters.Error] = Errors.InvalidRequest,
        [Parameters.ErrorDescription] =
            "The form cannot be read: a field holds a NUL character or is too long, or there are too many.",
    };

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (await IsReadableAsync(context.Request))
            await next(context);
        else
            await TypedResults.Json(Unreadable, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
    }

    private static async Task<bool> IsReadableAsync(HttpRequest request)
    {
        var isForm = request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) == true;
        if (!isForm || !AuthPaths.IsSignIn(request))
            return true;
        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
