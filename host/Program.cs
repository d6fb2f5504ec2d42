using Loyalty.Host;
using Loyalty.Modularity;

var builder = WebApplication.CreateBuilder(args);
builder.AddModules<HostModule>();

var app = builder.Build();
app.UseModules();
await app.RunAsync();
