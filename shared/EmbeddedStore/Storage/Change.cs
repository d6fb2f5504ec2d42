using EmbeddedStore.Bson;

namespace EmbeddedStore.Storage;

internal enum ChangeKind
{
    Put,
    Delete,
    CreateCollection,
    DropCollection,
    PutIndex,
    DropIndex,
}

/// <summary>One row of the file that is to change. The text is the name of a collection, with its database before the first dot, or of an index.</summary>
internal readonly record struct Change(ChangeKind Kind, int Collection, long Record = 0, RawDocument Body = default, string Text = "");
