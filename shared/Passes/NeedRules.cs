using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Passes;

/// <summary>What one need brings with it.</summary>
public static class NeedRules
{
    /// <summary>Whoever needs a document of this type needs more; asked again with what has been loaded, like a handler.</summary>
    public static IServiceCollection WhenNeeded<T>(this IServiceCollection services, Action<Needs, string> rule) where T : class, IPassDocument =>
        services.AddSingleton(new DependentNeed(typeof(T), rule));

    /// <summary>Entries with this body need more than their own handler names.</summary>
    public static IServiceCollection WhenEntry<TBody>(this IServiceCollection services, Action<Needs, Entry, TBody> rule) where TBody : class =>
        services.ForEveryEntry((needs, entry) =>
        {
            if (entry.As<TBody>() is { } body)
                rule(needs, entry, body);
        });

    /// <summary>Every entry needs it.</summary>
    public static IServiceCollection ForEveryEntry(this IServiceCollection services, Action<Needs, Entry> rule) =>
        services.AddSingleton(new CommonNeed(rule));
}

internal sealed record DependentNeed(Type Document, Action<Needs, string> Rule);

internal sealed record CommonNeed(Action<Needs, Entry> Rule);
