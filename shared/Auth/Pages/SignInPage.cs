using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Loyalty.Auth;

/// <summary>This host's own sign-in page: tenant, login and password, and back to where the client sent the person from.</summary>
internal sealed class SignInPage(PasswordCheck passwords, Sessions sessions, Partners partners, RedirectTarget targets)
{
    public const string Path = "/connect/sign-in";

    public const string Authorize = "/connect/authorize";
    private const string Wrong = "Tenant, login or password is wrong.";
    private const int LongestReturn = 8_192;

    /// <summary>What somebody has typed in so far, and where they come from.</summary>
    private sealed record Form(string? Return, string? Tenant, bool TenantIsGiven, string? Login, string? Application, string? FormAction);

    public static Task Show(HttpContext http, SignInPage page) => page.ShowAsync(http);

    public static Task Take(HttpContext http, SignInPage page) => page.TakeAsync(http);

    private async Task ShowAsync(HttpContext http) =>
        await WriteAsync(http, StatusCodes.Status200OK, await FormAsync(http, http.Request.Query["return"]), null);

    private async Task TakeAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            await WriteAsync(http, StatusCodes.Status400BadRequest, await FormAsync(http, null), "Send the form of this page.");
            return;
        }
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = await FormAsync(http, sent["return"]);
        form = form with { Tenant = form.TenantIsGiven ? form.Tenant : sent["tenant"].ToString().Trim(), Login = sent["login"].ToString().Trim() };
        if (!FormProof.Holds(http.Request, sent[FormProof.Field]))
        {
            await WriteAsync(http, StatusCodes.Status400BadRequest, form, "This page was open for too long, or cookies are off. Try again.");
            return;
        }
        await SignInAsync(http, form, sent["password"].ToString());
    }

    private async Task SignInAsync(HttpContext http, Form form, string password)
    {
        if (form.Tenant is not { } tenant || !TenantHeader.IsTenantId(tenant) || form.Login is not { Length: > 0 } login || password.Length == 0)
        {
            await WriteAsync(http, StatusCodes.Status400BadRequest, form, Wrong);
            return;
        }
        var (person, wait) = await passwords.TryAsync(tenant, login, password, http.Connection.RemoteIpAddress, http.RequestAborted);
        if (wait is { } locked)
        {
            var seconds = (int)Math.Ceiling(locked.TotalSeconds);
            http.Response.Headers.RetryAfter = $"{seconds}";
            await WriteAsync(http, StatusCodes.Status429TooManyRequests, form, $"Too many failed attempts: wait {seconds} seconds before the next one.");
            return;
        }
        if (person is null)
        {
            await WriteAsync(http, StatusCodes.Status400BadRequest, form, Wrong);
            return;
        }
        await sessions.BeginAsync(http, person, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = form.Return ?? $"{http.Request.PathBase}{SignOutByBrowser.Path}";
    }

    private async Task<Form> FormAsync(HttpContext http, string? wanted)
    {
        var back = IsBack(http.Request, wanted) ? wanted : null;
        var asked = back is null ? [] : QueryHelpers.ParseQuery(back[(back.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        string? Asked(string name) => asked.TryGetValue(name, out var values) && values is [{ Length: > 0 } value, ..] ? value : null;
        var client = Asked("client_id") is { } id ? await partners.FindAsync(id, http.RequestAborted) : null;
        var tenant = Asked(AuthorizeByBrowser.TenantParameter) ?? (client?.Tenants is [var only] ? only : null);
        var isGiven = tenant is not null && TenantHeader.IsTenantId(tenant);
        var action = await targets.FormActionAsync(Asked("client_id"), Asked("redirect_uri"), http.Request, http.RequestAborted);
        return new Form(back, isGiven ? tenant : null, isGiven, Asked("login_hint"), client?.DisplayName ?? client?.Id, action);
    }

    /// <summary>Only back to the client's own request on this host: never to an address that somebody else has put there.</summary>
    private static bool IsBack(HttpRequest request, string? wanted) =>
        wanted is { Length: <= LongestReturn } && wanted.StartsWith($"{request.PathBase}{Authorize}?", StringComparison.Ordinal)
        && !wanted.Any(character => char.IsControl(character) || character == '\\');

    private static Task WriteAsync(HttpContext http, int status, Form form, string? error) => Page.WriteAsync(http, status, "Sign in", $"""
        {(form.Application is null ? "" : $"<p>To go on with <strong>{Page.Text(form.Application)}</strong>.</p>")}
        {Page.Alert(error)}
        <form method="post" action="{Page.Text($"{http.Request.PathBase}{Path}")}">
        {Page.Hidden(FormProof.Field, FormProof.Issue(http))}
        {Page.Hidden("return", form.Return)}
        {(form.TenantIsGiven ? $"<p>Tenant <strong>{Page.Text(form.Tenant)}</strong></p>" : $"""
        <label for="tenant">Tenant</label>
        <input id="tenant" name="tenant" value="{Page.Text(form.Tenant)}" autocomplete="organization" autocapitalize="none" spellcheck="false" maxlength="64" required>
        """)}
        <label for="login">Login</label>
        <input id="login" name="login" value="{Page.Text(form.Login)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="256" required>
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" required>
        <button type="submit">Sign in</button>
        </form>
        """, form.FormAction);
}
