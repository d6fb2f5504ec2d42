using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Web;

/// <summary>How a part of a list is answered: the items, and in the headers of both react-admin dialects which part of how many.</summary>
public static class ListAnswer
{
    public static Ok<IReadOnlyList<T>> Of<T>(HttpResponse response, string unit, ListQuery query, IReadOnlyList<T> items, long total)
    {
        var last = query.Skip + Math.Max(items.Count - 1, 0);
        response.Headers.ContentRange = items.Count == 0 ? $"{unit} */{total}" : $"{unit} {query.Skip}-{last}/{total}";
        response.Headers["X-Total-Count"] = $"{total}";
        response.Headers.AccessControlExposeHeaders = "Content-Range, X-Total-Count";
        return TypedResults.Ok(items);
    }
}
