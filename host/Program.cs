using Loyalty.Host;
using Loyalty.Modularity;

// Note: settings lie beside the program, data below the current folder, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
    builder.WebHost.UseUrls("http://localhost:5080");
if (await OperatorCommand.RunAsync(args, builder.Configuration) is { } exitCode)
    return exitCode;
builder.AddModules<HostModule>();

var app = builder.Build();
app.UseModules();
await app.RunAsync();
// Note: another one where something had to end the host.
return Environment.ExitCode;
