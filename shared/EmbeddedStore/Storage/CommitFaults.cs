namespace EmbeddedStore.Storage;

/// <summary>Faults that tests plant, to show that they would be noticed.</summary>
internal sealed class CommitFaults
{
    /// <summary>Replies before the disk has the data.</summary>
    public bool AcknowledgeEarly { get; set; }

    /// <summary>As if a new version of the driver had lost the method that takes our streams.</summary>
    public bool DriverLetsNobodyIn { get; set; }

    public Action? BeforeCommit { get; set; }

    /// <summary>SQLite reports a full disk beyond that many pages.</summary>
    public int? MostPages { get; set; }
}
