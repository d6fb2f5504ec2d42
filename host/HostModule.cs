using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Web;

namespace Loyalty.Host;

/// <summary>The table of contents: everything the application is made of.</summary>
[DependsOn(
    typeof(WebModule),
    typeof(MessagingModule))]
public sealed class HostModule : AppModule;
