using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>How to reach a member who agreed to be contacted.</summary>
internal sealed record Contact(string Id, string? Card, string? FirstName, string? LastName, string? Phone, string? Email);

internal static class ExportContacts
{
    private static readonly ProjectionDefinition<Account, Account> Needed = Builders<Account>.Projection
        .Include(account => account.Id).Include(account => account.Card).Include(account => account.Header).Include(account => account.Consents);

    private static readonly IReadOnlyList<Column<Contact>> Columns =
    [
        new("id", contact => contact.Id),
        new("card", contact => contact.Card),
        new("firstName", contact => contact.FirstName),
        new("lastName", contact => contact.LastName),
        new("phone", contact => contact.Phone),
        new("email", contact => contact.Email),
    ];

    /// <summary>Export contact information of accounts matching criteria</summary>
    /// <remarks>
    /// As export, but only how to reach the members, and only those who gave the contact consent that the tenant's settings name:
    /// its value is <c>true</c>, <c>yes</c> or <c>1</c>.
    /// </remarks>
    /// <param name="separator">Of the CSV: <c>comma</c> (the default), <c>semicolon</c> (the default for Excel) or <c>tab</c>.</param>
    /// <param name="excel">True: a CSV that Excel opens right by a double click, with texts that look like numbers kept as they are.</param>
    public static async Task<Results<ExportAnswer<Contact>, ProblemHttpResult>> Handle(
        Caller caller, ListQuery query, AccountRequests requests, AccountLists accounts, HttpRequest request, CancellationToken cancellationToken,
        string? separator = null, bool? excel = null)
    {
        if (ExportFormats.Choose(request) is not { } format)
            return ExportFormats.NotAcceptable();
        var wanted = await requests.ReadAsync(caller, query, cancellationToken);
        var rows = accounts.AllAsync(wanted.Query, Needed, cancellationToken)
            .Select(batch => batch.Where(account => account.HasGiven(wanted.Settings.ContactConsent)).Select(Of));
        return new ExportAnswer<Contact>("contacts", format, rows, Columns, CsvForm.Of(separator, excel));
    }

    private static Contact Of(Account account) =>
        new(account.Id, account.Card, account.Header.FirstName, account.Header.LastName, account.Header.Phone, account.Header.Email);
}
