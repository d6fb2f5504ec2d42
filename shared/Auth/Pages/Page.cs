using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Loyalty.Auth;

/// <summary>The frame of this host's own pages: no script, nothing from elsewhere, good on a phone.</summary>
internal static class Page
{
    private const string Style = """
        :root{color-scheme:light dark}
        body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh;background:#f4f5f7;color:#1b1f24}
        main{width:min(22rem,calc(100vw - 3rem));padding:1.5rem;border-radius:.75rem;background:#fff;box-shadow:0 1px 4px #0003}
        h1{font-size:1.25rem;margin:0 0 1rem}
        label{display:block;margin:.75rem 0 .25rem}
        input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #6b7280;border-radius:.375rem;background:#fff;color:inherit}
        button{font:inherit;font-weight:600;width:100%;margin-top:1.25rem;padding:.6rem;border:0;border-radius:.375rem;background:#1d4ed8;color:#fff}
        :focus-visible{outline:3px solid #93c5fd;outline-offset:1px}
        [role=alert]{padding:.5rem .75rem;border-radius:.375rem;background:#fde8e8;color:#8a1c1c}
        @media(prefers-color-scheme:dark){body{background:#14171c;color:#e6e8eb}main{background:#1f242b}input{background:#14171c}}
        """;

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    public static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static string Hidden(string name, string? value) => $"<input type=\"hidden\" name=\"{Text(name)}\" value=\"{Text(value)}\">";

    public static string Alert(string? message) => message is null ? "" : $"<p role=\"alert\">{Text(message)}</p>";

    /// <param name="formAction">An origin to which a form may lead in the end, besides this host.</param>
    public static Task WriteAsync(HttpContext http, int status, string title, string body, string? formAction = null)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        // Note: with no-referrer a browser would not say where a form comes from.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{StyleHash}'; form-action 'self'{(formAction is null ? "" : $" {formAction}")}; frame-ancestors 'none'; base-uri 'none'";
        return response.WriteAsync($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{Text(title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{Text(title)}</h1>
            {body}
            </main>
            </body>
            </html>
            """, http.RequestAborted);
    }
}
