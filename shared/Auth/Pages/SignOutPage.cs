using Microsoft.AspNetCore.Http;

namespace Loyalty.Auth;

/// <summary>Asks whether to sign out, and says that it is done.</summary>
internal static class SignOutPage
{
    /// <param name="hidden">What the client asked with, which the form asks again.</param>
    /// <param name="target">Where the client wants the person sent afterwards, if it may.</param>
    public static Task AskAsync(HttpContext http, Person person, IReadOnlyDictionary<string, string> hidden, string? target)
    {
        var origin = Uri.TryCreate(target, UriKind.Absolute, out var uri)
            ? uri.Scheme is "https" or "http" ? uri.GetLeftPart(UriPartial.Authority) : $"{uri.Scheme}:"
            : null;
        return Page.WriteAsync(http, StatusCodes.Status200OK, "Signed in", $"""
            <p>You are signed in as <strong>{Page.Text(person.Login)}</strong> of <strong>{Page.Text(person.Tenant)}</strong>.</p>
            <form method="post" action="{Page.Text($"{http.Request.PathBase}{SignOutByBrowser.Path}")}">
            {Page.Hidden(FormProof.Field, FormProof.Issue(http))}
            {string.Concat(hidden.Select(field => Page.Hidden(field.Key, field.Value)))}
            <button type="submit">Sign out</button>
            </form>
            """, origin);
    }

    public static Task DoneAsync(HttpContext http) => Page.WriteAsync(http, StatusCodes.Status200OK, "Signed out",
        "<p>Nobody is signed in here. You can close this page.</p>");
}
