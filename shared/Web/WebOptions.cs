namespace Loyalty.Web;

/// <summary>What the application tells this module about itself.</summary>
public sealed class WebOptions
{
    public string Title { get; set; } = "API";

    /// <summary>Markdown at the head of the OpenAPI document.</summary>
    public string Description { get; set; } = "";

    /// <summary>The tags of the OpenAPI document in the order to show them, with what each is about; others follow.</summary>
    public IList<(string Name, string Description)> Tags { get; } = [];

    /// <summary>The public client through which the reference signs people in.</summary>
    public string? ReferenceClient { get; set; }

    /// <summary>The whole API also answers below this path, such as <c>/my-api</c>.</summary>
    public string PathBase { get; set; } = "";
}
