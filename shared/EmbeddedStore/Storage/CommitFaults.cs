namespace EmbeddedStore.Storage;

/// <summary>Faults that tests plant, to show that they would be noticed.</summary>
internal sealed class CommitFaults
{
    /// <summary>Replies before the disk has the data.</summary>
    public bool AcknowledgeEarly { get; set; }

    /// <summary>As if a new version of the driver had lost the method that takes our streams.</summary>
    public bool DriverLetsNobodyIn { get; set; }

    /// <summary>Before each commit, and each attempt to find out whether commits are possible again.</summary>
    public Action? BeforeCommit { get; set; }

    /// <summary>How long a store that refuses writes waits before it tries whether it can write again.</summary>
    public TimeSpan ProbePause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>In the write lock, after the memory was changed.</summary>
    public Action? InLock { get; set; }

    /// <summary>SQLite reports a full disk beyond that many pages.</summary>
    public int? MostPages { get; set; }
}
