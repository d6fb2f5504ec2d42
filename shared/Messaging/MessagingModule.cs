using System.Reflection;
using Loyalty.Modularity;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Messaging;

/// <summary>MediatR for notifications between modules: in memory, in the order of the modules, every listener heard.</summary>
public sealed class MessagingModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        context.Services.AddSingleton<ServiceFactory>(services => services.GetService!);
        context.Services.AddSingleton<IMediator, EveryListenerMediator>();
    }
}

public static class MessagingServices
{
    /// <summary>Registers every notification listener of a module's assembly.</summary>
    public static void AddNotificationHandlers(this IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
            foreach (var contract in type.GetInterfaces().Where(IsNotificationHandler))
                services.AddSingleton(contract, type);
    }

    private static bool IsNotificationHandler(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(INotificationHandler<>);
}
