using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson.Serialization;

namespace Loyalty.Passes;

/// <summary>How a module registers what it contributes to passes.</summary>
public static class PassServices
{
    /// <summary>Registers every entry handler of a module's assembly.</summary>
    public static IServiceCollection AddEntryHandlers(this IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && type.IsAssignableTo(typeof(IEntryHandler))))
            services.AddSingleton(typeof(IEntryHandler), type);
        return services;
    }

    /// <summary>The application does not start unless a handler decides entries of this kind.</summary>
    public static IServiceCollection RequireEntryHandler(this IServiceCollection services, string kind) => services.AddSingleton(new RequiredKind(kind));

    /// <summary>Documents that passes load and change.</summary>
    public static IServiceCollection AddPassDocuments<T>(this IServiceCollection services, PassCollection<T> collection) where T : class, IPassDocument =>
        services.AddSingleton(new PassCollectionOf(typeof(T), collection));

    /// <summary>Documents that passes only add.</summary>
    public static IServiceCollection AddPassAdditions<T>(this IServiceCollection services, string collection) where T : class =>
        services.AddSingleton(new PassAdditionsOf(typeof(T), () => new Additions<T>(collection)));

    /// <summary>Settings of tenants, which every entry of a tenant may look at.</summary>
    public static IServiceCollection AddTenantSettings<T>(this IServiceCollection services) where T : class, ITenantSettings<T> => services
        .AddSingleton<TenantSettings<T>>()
        .AddSingleton<IPassValues<T>>(provider => provider.GetRequiredService<TenantSettings<T>>())
        .ForEveryEntry((needs, entry) => needs.Value<T>(entry.Tenant));

    /// <summary>Documents that fall due; see <see cref="IDueSource"/>.</summary>
    /// <param name="name">What they are called where an operator sees them, such as <c>campaigns.activity</c>.</param>
    /// <param name="dueAt">When a document falls due; null: not at all.</param>
    /// <param name="itemOf">What is to be done then; null if there is nothing.</param>
    public static IServiceCollection AddDueSource<T>(
        this IServiceCollection services, string name, string collection, Expression<Func<T, DateTimeOffset?>> dueAt, Func<T, DueItem?> itemOf) where T : class, IPassDocument
    {
        services.AddSingleton<IDueSource>(provider => ActivatorUtilities.CreateInstance<DueDocuments<T>>(provider, name, collection, dueAt, itemOf));
        return services.AddSingleton<IAfterEntry>(new ExpectDue<T>(name, dueAt.Compile()));
    }

    /// <summary>The one type of what outcomes tell beyond their status.</summary>
    public static IServiceCollection AddOutcomeDetails<T>(this IServiceCollection services) where T : OutcomeDetails
    {
        BsonClassMap.LookupClassMap(typeof(T));
        return services;
    }
}
