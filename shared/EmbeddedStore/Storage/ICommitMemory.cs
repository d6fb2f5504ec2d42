namespace EmbeddedStore.Storage;

/// <summary>What lies in memory of the data, as the commit line sees it. Both are called in the write lock.</summary>
internal interface ICommitMemory
{
    /// <summary>A group closes: adds what is to be shown to readers once it is on disk.</summary>
    void Freeze(CommitGroup group);

    /// <summary>None of these changes reached the disk: the writer's memory becomes again what the readers see.</summary>
    void TakeBack(IReadOnlyCollection<Change> changes);
}
