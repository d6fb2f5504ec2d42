using System.Text.Json.Serialization;

namespace Loyalty.Events.Contracts;

public enum ConsentScope
{
    Account,
    Transaction,
}

/// <summary>What a person has agreed to.</summary>
public sealed record Consents
{
    /// <summary>ACCOUNT consents are the account's own; TRANSACTION consents belong to one transaction and never change those.</summary>
    public required ConsentScope Scope { get; init; }

    /// <summary>The transaction, <c>[a-zA-Z0-9_.-]{0,128}</c>; with scope TRANSACTION only.</summary>
    public string? Transaction { get; init; }

    /// <summary>
    /// Up to 64 consents by name, <c>[a-zA-Z0-9_.-]{1,64}</c>, with values of up to 256 characters; one counts as given
    /// when its value is <c>true</c>, <c>yes</c> or <c>1</c>.
    /// </summary>
    [JsonPropertyName("consents")]
    public required IReadOnlyDictionary<string, string> Values { get; init; }
}
