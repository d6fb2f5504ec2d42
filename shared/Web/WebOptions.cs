namespace Loyalty.Web;

/// <summary>What the application tells this module about itself.</summary>
public sealed class WebOptions
{
    public string Title { get; set; } = "API";

    /// <summary>Markdown at the head of the OpenAPI document.</summary>
    public string Description { get; set; } = "";

    /// <summary>The whole API also answers below this path, such as <c>/my-api</c>.</summary>
    public string PathBase { get; set; } = "";
}
