using EmbeddedStore.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedStore;

public sealed record EmbeddedStoreOptions
{
    /// <summary>The file; it is made where there is none.</summary>
    public required string Path { get; init; }

    /// <summary>A port on which mongosh and others on this machine may look in, 0 for any free one. It asks for no password. Off when null.</summary>
    public int? ListenPort { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Commands that take longer are logged with their plan.</summary>
    public TimeSpan SlowCommand { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many bytes of memory the data may take; four fifths of what the process may use when null. A file that needs more is not opened.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Told once, with the reason, when the store can take no more writes until the process is started anew: it should end then.</summary>
    public Action<string>? OnFailed { get; init; }

    internal CommitFaults Faults { get; init; } = new();
}
