using Loyalty.Host;
using Loyalty.Modularity;

if (OperatorCommand.AsksForHelp(args))
    return OperatorCommand.Help();
return await ModularHost.GuardAsync(async () =>
{
    // Note: settings lie beside the program, data below the current folder, wherever it is started from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        builder.WebHost.UseUrls("http://localhost:5080");
    if (await OperatorCommand.RunAsync(args, builder.Configuration) is { } exitCode)
        return exitCode;
    builder.AddModules<HostModule>();

    var app = builder.Build();
    app.UseModules();
    return await app.RunModulesAsync();
});
