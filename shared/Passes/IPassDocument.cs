namespace Loyalty.Passes;

/// <summary>A document that only passes write. <c>lastPass</c> makes a repeated write harmless: it replaces only what is older.</summary>
public interface IPassDocument
{
    string Id { get; }

    long LastPass { get; init; }
}
