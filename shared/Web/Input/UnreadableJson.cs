using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Web;

/// <summary>Why JSON cannot be read: paths, each with what is wrong there.</summary>
public sealed record UnreadableJson(string Code, IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>It is no JSON, or not of the shape that is wanted.</summary>
    public const string Malformed = "malformed_json";

    /// <summary>Fields that are required are missing.</summary>
    public const string Missing = "missing_field";

    /// <summary>It is of the right shape; its content is not right.</summary>
    public const string NotValid = "validation";

    public static UnreadableJson Of(string path, string message) =>
        new(Malformed, new Dictionary<string, string[]> { [path] = [message] });

    public ProblemHttpResult ToProblem()
    {
        var detail = Code == Malformed ? $"The request body cannot be read. {Sentence}" : Sentence;
        return Problems.Of(StatusCodes.Status400BadRequest, Code, detail, Errors.ToDictionary());
    }

    /// <summary>All of it, for a person.</summary>
    public string Sentence => string.Join(" ", Errors.Select(error => $"{error.Key}: {string.Join(" ", error.Value)}"));

    internal static UnreadableJson Of(JsonFault fault) => Of(fault.Path, fault.Message);
}
