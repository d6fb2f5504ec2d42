using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts;

internal static class ExportAccounts
{
    /// <summary>Export accounts matching criteria</summary>
    /// <remarks>
    /// Takes the filter of getAccounts, ignores order and paging, and always gives all accounts, each once. As the header <c>Accept</c> says:
    /// <c>application/json</c> (an array; the default), <c>application/x-ndjson</c> (an account a line) or <c>text/csv</c>. The CSV leaves
    /// out relations and single orders; lists are separated by spaces, maps are JSON; a text that a spreadsheet could run as a formula has a <c>'</c> before it.
    /// </remarks>
    /// <param name="separator">Of the CSV: <c>comma</c> (the default), <c>semicolon</c> (the default for Excel) or <c>tab</c>.</param>
    /// <param name="excel">True: a CSV that Excel opens right by a double click, with texts that look like numbers kept as they are.</param>
    public static async Task<Results<ExportAnswer<AccountAnswer>, ProblemHttpResult>> Handle(
        Caller caller, ListQuery query, AccountRequests requests, AccountLists accounts, HttpRequest request, CancellationToken cancellationToken,
        string? separator = null, bool? excel = null)
    {
        if (ExportFormats.Choose(request) is not { } format)
            return ExportFormats.NotAcceptable();
        var wanted = await requests.ReadAsync(caller, query, cancellationToken);
        var rows = accounts.AllAsync(wanted.Query, null, cancellationToken).Select(batch => batch.Select(account => AccountAnswer.Of(account, wanted.Settings)));
        return new ExportAnswer<AccountAnswer>("accounts", format, rows, AccountColumns.All, CsvForm.Of(separator, excel));
    }
}
