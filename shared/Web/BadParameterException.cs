namespace Loyalty.Web;

/// <summary>A query parameter that cannot be read, as a type with a <c>BindAsync</c> of its own says it.</summary>
public sealed class BadParameterException(string parameter, string message) : Exception(message)
{
    public string Parameter { get; } = parameter;
}
