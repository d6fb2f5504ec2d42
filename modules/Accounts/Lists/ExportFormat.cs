using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Loyalty.Accounts;

/// <summary>A form in which an export can be had.</summary>
internal sealed record ExportFormat(string ContentType, string FileType);

/// <summary>The forms in which exports can be had, the usual one first.</summary>
internal static class ExportFormats
{
    public static readonly ExportFormat Json = new("application/json", "json");
    public static readonly ExportFormat Lines = new("application/x-ndjson", "ndjson");
    public static readonly ExportFormat Csv = new("text/csv", "csv");

    private static readonly ExportFormat[] All = [Json, Lines, Csv];

    /// <summary>The one that the header Accept likes best; null if it likes none.</summary>
    public static ExportFormat? Choose(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0
            ? Json
            : All.Select(format => (format, quality: Quality(format, accepted))).Where(choice => choice.quality > 0)
                .OrderByDescending(choice => choice.quality).Select(choice => choice.format).FirstOrDefault();
    }

    public static ProblemHttpResult NotAcceptable() => Problems.Of(StatusCodes.Status406NotAcceptable, "not_acceptable",
        $"An export comes as {string.Join(", ", All.Select(format => format.ContentType))}: name one of these in the header Accept.");

    /// <summary>What the range that names the format most closely says of it.</summary>
    private static double Quality(ExportFormat format, IList<MediaTypeHeaderValue> accepted)
    {
        var type = new MediaTypeHeaderValue(format.ContentType);
        return accepted.Where(range => type.MediaType == range.MediaType || type.IsSubsetOf(range))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality ?? 1).FirstOrDefault();
    }
}
