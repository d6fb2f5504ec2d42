using MongoDB.Driver;

namespace Loyalty.Passes.Loading;

/// <summary>The documents of one collection, as a pass treats those of all collections alike.</summary>
internal interface IPassDocuments
{
    string Collection { get; }

    /// <summary>Loads what is wanted and not known yet, in one call for each way of looking it up. False: there was nothing.</summary>
    Task<bool> LoadAsync(IMongoDatabase database, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Makes bytes of what the entry has changed, which fails where they cannot be made. Answers the bytes of the whole pass so far.</summary>
    long Stage();

    /// <summary>The ids of the documents that the entry being decided has changed so far.</summary>
    IEnumerable<string> ChangedByEntry => [];

    void Commit();

    void Rollback();

    CollectionWrites? Writes();

    /// <summary>The pass is recorded and written.</summary>
    void Remember()
    {
    }
}
