namespace Loyalty.Web;

/// <summary>What is wrong at one place in JSON.</summary>
public readonly record struct JsonFault(string Path, string Message);
