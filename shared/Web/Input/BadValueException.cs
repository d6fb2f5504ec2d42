using System.Text.Json;

namespace Loyalty.Web;

/// <summary>
/// A converter cannot read a value. Its message is meant for the caller, unlike those of the framework's own converters.
/// </summary>
public sealed class BadValueException(string message) : JsonException(message);
