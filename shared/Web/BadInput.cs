using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Web;

/// <summary>Turns what the framework says about an unreadable request into a problem that names the field and the fix.</summary>
public static partial class BadInput
{
    private static readonly string[] Required = ["This field is required."];

    /// <summary>Null when the exception is none of the caller's fault.</summary>
    internal static ProblemHttpResult? Explain(Exception error, MethodInfo? handler = null) => error switch
    {
        BadHttpRequestException { InnerException: JsonException json } => Json(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => StatusProblems.Of(StatusCodes.Status413PayloadTooLarge),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => StatusProblems.Of(StatusCodes.Status415UnsupportedMediaType),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad => Parameter(bad.Message, handler),
        BadHttpRequestException bad => Problems.Of(bad.StatusCode, "bad_request", bad.Message),
        BadParameterException bad => BadParameter(bad.Parameter, bad.Message),
        NotSupportedException unsupported when JsonPath().Match(unsupported.Message) is { Success: true } path => Field(
            path.Groups["path"].Value, "Name the kind of this object in its discriminator, such as \"type\"."),
        _ => null,
    };

    /// <summary>JSON paths of what cannot be read, each with what is wrong there.</summary>
    public static Dictionary<string, string[]> Fields(JsonException error)
    {
        var path = error.Path ?? "$";
        var missing = MissingProperties().Match(error.Message);
        if (!missing.Success)
            return new() { [Plain(path)] = [$"{Reason(error)}{At(error)}"] };
        var names = QuotedName().Matches(missing.Groups["names"].Value).Select(match => Plain($"{path}.{match.Groups[1].Value}"));
        return names.ToDictionary(name => name, _ => Required);
    }

    private static ProblemHttpResult Json(JsonException error) => Malformed(Fields(error));

    private static ProblemHttpResult Field(string path, string message) => Malformed(new() { [Plain(path)] = [message] });

    private static ProblemHttpResult Malformed(Dictionary<string, string[]> errors) => Problems.Of(
        StatusCodes.Status400BadRequest, "malformed_json",
        $"The request body cannot be read. {string.Join(" ", errors.Select(error => $"{error.Key}: {string.Join(" ", error.Value)}"))}", errors);

    private static ProblemHttpResult Parameter(string message, MethodInfo? handler)
    {
        var wrong = WrongParameter().Match(message);
        if (wrong.Success)
            return BadParameter(ParameterNames.Of(handler, wrong.Groups["name"].Value), $"\"{wrong.Groups["value"].Value}\" cannot be read as {JsonKind.Of(wrong.Groups["type"].Value)}.");
        var missing = MissingParameter().Match(message);
        if (!missing.Success || missing.Groups["where"].Value == "body")
            return Field("$", "The body is missing or has ended too early: send JSON with the header Content-Type: application/json.");
        return BadParameter(ParameterNames.Of(handler, missing.Groups["name"].Value), $"This parameter is required in the {missing.Groups["where"].Value}.");
    }

    private static ProblemHttpResult BadParameter(string name, string message) => Problems.Of(
        StatusCodes.Status400BadRequest, "bad_parameter", $"{name}: {message}", new Dictionary<string, string[]> { [name] = [message] });

    /// <summary>Our own converters say it well; of the framework's messages only what a caller can use is kept.</summary>
    private static string Reason(JsonException error)
    {
        var message = Trailer().Replace(error.Message, "");
        if (message.Contains("discriminator", StringComparison.Ordinal))
            return "The kind named here does not exist.";
        if (message.Contains("null", StringComparison.Ordinal) && message.Contains("annotat", StringComparison.Ordinal))
            return "This field must not be null.";
        if (error.InnerException is FormatException or InvalidOperationException)
            return $"Expected {JsonKind.Of(BeforeAs().Replace(error.InnerException.Message, ""))}.";
        var wanted = CouldNotConvert().Match(message);
        return wanted.Success ? $"Expected {JsonKind.Of(wanted.Groups["type"].Value)}." : message;
    }

    private static string At(JsonException error) =>
        error.LineNumber is { } line ? $" (line {line + 1}, byte {error.BytePositionInLine + 1})" : "";

    /// <summary><c>$.states[1].title</c> → <c>states[1].title</c>.</summary>
    private static string Plain(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    [GeneratedRegex(@"Path: (?<path>\$\S*) \| LineNumber")]
    private static partial Regex JsonPath();

    [GeneratedRegex(@" Path: \$.*$| LineNumber: .*$", RegexOptions.Singleline)]
    private static partial Regex Trailer();

    [GeneratedRegex("missing required properties,? including:? (?<names>.*)", RegexOptions.Singleline)]
    private static partial Regex MissingProperties();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex QuotedName();

    [GeneratedRegex("^.* as an? ")]
    private static partial Regex BeforeAs();

    [GeneratedRegex("could not be converted to (?<type>[^ ]+?)\\.?( |$)")]
    private static partial Regex CouldNotConvert();

    [GeneratedRegex("^Failed to bind parameter \"(?<type>.+) (?<name>[^ \"]+)\" from \"(?<value>.*)\"", RegexOptions.Singleline)]
    private static partial Regex WrongParameter();

    [GeneratedRegex("^Required parameter \"(?<type>.+) (?<name>[^ \"]+)\" was not provided from (?<where>[a-z ]+)", RegexOptions.Singleline)]
    private static partial Regex MissingParameter();
}
