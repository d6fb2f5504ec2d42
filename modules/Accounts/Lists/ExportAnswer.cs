using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loyalty.Accounts;

/// <summary>
/// Rows as they come from the database, written one batch after another: what is not sent yet is never more than a batch, and
/// a client that goes away ends the reading.
/// </summary>
internal sealed class ExportAnswer<T>(
    string name, ExportFormat format, IAsyncEnumerable<IEnumerable<T>> batches, IReadOnlyList<Column<T>> columns, CsvForm csv) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        var response = context.Response;
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        response.ContentType = $"{format.ContentType}; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{format.FileType}\"";
        response.Headers.Vary = "Accept";
        var output = response.BodyWriter;
        using IRows<T> rows = format == ExportFormats.Csv ? new CsvRows<T>(output, columns, json, csv) : new JsonRows<T>(output, json, format == ExportFormats.Lines);
        await foreach (var batch in batches)
        {
            foreach (var row in batch)
                rows.Write(row);
            if ((await output.FlushAsync(context.RequestAborted)).IsCompleted)
                return;
        }
        rows.End();
        await output.FlushAsync(context.RequestAborted);
    }
}

/// <summary>How rows are written in one form.</summary>
internal interface IRows<in T> : IDisposable
{
    void Write(T row);

    void End();
}
