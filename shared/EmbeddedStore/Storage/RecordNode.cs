using System.Runtime.CompilerServices;

namespace EmbeddedStore.Storage;

/// <summary>
/// A node of a <see cref="RecordTable"/>: one small object, because a change in any place copies all nodes above that place.
/// </summary>
internal abstract class RecordNode(object owner)
{
    public const int Bits = 4;
    public const int Width = 1 << Bits;

    public object Owner { get; } = owner;

    /// <summary>How many slots are taken.</summary>
    public int Used { get; set; }

    public abstract RecordNode Copy(object writer);

    public static int SlotOf(long record, int level) => (int)(record >> (Bits * level)) & (Width - 1);
}

internal sealed class RecordLeaf(object owner) : RecordNode(owner)
{
    public PlaceSlots Places;

    public override RecordNode Copy(object writer) => new RecordLeaf(writer) { Used = Used, Places = Places };

    [InlineArray(Width)]
    internal struct PlaceSlots
    {
        private Place first;
    }
}

internal sealed class RecordBranch(object owner) : RecordNode(owner)
{
    public ChildSlots Children;

    public override RecordNode Copy(object writer) => new RecordBranch(writer) { Used = Used, Children = Children };

    [InlineArray(Width)]
    internal struct ChildSlots
    {
        private RecordNode? first;
    }
}
