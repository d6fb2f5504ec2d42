using Microsoft.AspNetCore.Http;

namespace Loyalty.Auth;

/// <summary>Where the link for a forgotten password leads: a new password is set, once.</summary>
internal sealed class NewPasswordPage(PasswordLinks links, People people, SignIns signIns, Attempts attempts)
{
    public const string Path = "/connect/password";

    private const string Over = "This link was used already, or is too old. Ask for another one.";

    public static Task Show(HttpContext http, NewPasswordPage page) => page.ShowAsync(http);

    public static Task Take(HttpContext http, NewPasswordPage page) => page.TakeAsync(http);

    private async Task ShowAsync(HttpContext http)
    {
        var secret = http.Request.Query["token"].ToString();
        await (await links.FindAsync(secret, http.RequestAborted) is null ? OverAsync(http) : WriteAsync(http, StatusCodes.Status200OK, secret, null));
    }

    private async Task TakeAsync(HttpContext http)
    {
        var sent = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        var (secret, password) = (sent["token"].ToString(), sent["password"].ToString());
        if (await links.FindAsync(secret, http.RequestAborted) is not { } link || await people.FindAsync(link.Tenant, link.PersonId, http.RequestAborted) is not { } person)
            await OverAsync(http);
        else if (!FormProof.Holds(http.Request, sent[FormProof.Field]))
            await WriteAsync(http, StatusCodes.Status400BadRequest, secret, "This page was open for too long, or cookies are off. Try again.");
        else if (PersonRules.FaultOf(password, person.Login) is { } fault)
            await WriteAsync(http, StatusCodes.Status400BadRequest, secret, fault);
        else if (!await links.UseAsync(link, http.RequestAborted))
            await OverAsync(http);
        else
            await SetAsync(http, person, password);
    }

    private async Task SetAsync(HttpContext http, Person person, string password)
    {
        await people.SetPasswordAsync(person, password, CancellationToken.None);
        await signIns.EndAllOfAsync(person.Id, CancellationToken.None);
        await links.EndAllOfAsync(person.Id, CancellationToken.None);
        await attempts.ForgetLoginAsync(person.Key, CancellationToken.None);
        await Page.WriteAsync(http, StatusCodes.Status200OK, "Password changed", "<p>You can sign in with it now.</p>");
    }

    private static Task OverAsync(HttpContext http) => Page.WriteAsync(http, StatusCodes.Status400BadRequest, "New password", Page.Alert(Over));

    private static Task WriteAsync(HttpContext http, int status, string secret, string? error) => Page.WriteAsync(http, status, "New password", $"""
        {Page.Alert(error)}
        <form method="post" action="{Page.Text($"{http.Request.PathBase}{Path}")}">
        {Page.Hidden(FormProof.Field, FormProof.Issue(http))}
        {Page.Hidden("token", secret)}
        <label for="password">New password, 10 to 128 characters</label>
        <input id="password" name="password" type="password" autocomplete="new-password" minlength="10" maxlength="128" required>
        <button type="submit">Set password</button>
        </form>
        """);
}
