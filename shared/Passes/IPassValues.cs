namespace Loyalty.Passes;

/// <summary>Reads something that decisions look at and never change, such as the settings of a tenant.</summary>
public interface IPassValues<T> where T : class
{
    Task<T> ReadAsync(string key, CancellationToken cancellationToken);
}

/// <summary>The values of one type that a pass has read: as they are when it begins, by them everything in it is decided.</summary>
internal sealed class Values<T>(IPassValues<T> source) : IValues where T : class
{
    private readonly Dictionary<string, T> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> wanted = new(StringComparer.Ordinal);

    public T Of(string key) => known.TryGetValue(key, out var value) ? value : throw new NotLoadedException($"{typeof(T).Name} {key}");

    public void Want(string key)
    {
        if (!known.ContainsKey(key))
            wanted.Add(key);
    }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var key in wanted)
            known[key] = await source.ReadAsync(key, cancellationToken);
        wanted.Clear();
    }
}

internal interface IValues
{
    Task LoadAsync(CancellationToken cancellationToken);
}
