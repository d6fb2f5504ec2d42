using System.Text;
using EmbeddedStore.Bson;

namespace EmbeddedStore.Update;

/// <summary>
/// All paths of an update as one tree. Fields that must be made are made in the tree's order: by name, numbers by value, whatever order the update
/// named them in (manual: "Update Operators, Behavior").
/// </summary>
internal sealed class UpdateNode(string path)
{
    public string Path => path;

    public UpdateOp? Op { get; private set; }

    public List<Child> Children { get; } = [];

    /// <summary>Whether anything below makes what is not there.</summary>
    public bool Creates => Op?.Creates ?? Children.Exists(child => child.Node.Creates);

    public void Add(FieldPath full, UpdateOp op)
    {
        var node = this;
        for (var depth = 0; depth < full.Count; depth++)
        {
            if (node.Op is not null)
                throw Conflict(full.Text, node.Path);
            node = node.ChildFor(full.Names[depth]);
        }

        if (node.Op is not null || node.Children.Count > 0)
            throw Conflict(full.Text, node.Path);
        node.Op = op;
    }

    /// <summary>Both trees in one, for an array item that several paths meet in.</summary>
    public UpdateNode MergedWith(UpdateNode other)
    {
        if (Op is not null || other.Op is not null)
            throw Conflict(other.Path, Path);
        var merged = new UpdateNode(Path);
        merged.Children.AddRange(Children);
        foreach (var child in other.Children)
        {
            var at = merged.Children.FindIndex(own => own.Name == child.Name);
            if (at < 0)
                merged.Insert(child);
            else
                merged.Children[at] = child with { Node = merged.Children[at].Node.MergedWith(child.Node) };
        }

        return merged;
    }

    private UpdateNode ChildFor(string name)
    {
        foreach (var child in Children)
            if (child.Name == name)
                return child.Node;
        var added = new UpdateNode(Path.Length == 0 ? name : $"{Path}.{name}");
        Insert(new(name, Encoding.UTF8.GetBytes(name), added));
        return added;
    }

    private void Insert(Child child)
    {
        var at = 0;
        while (at < Children.Count && Child.Order(child, Children[at]) >= 0)
            at++;
        Children.Insert(at, child);
    }

    private static CommandException Conflict(string path, string at) =>
        CommandException.Conflict($"Updating the path '{path}' would create a conflict at '{at}'");

    internal sealed record Child(string Name, byte[] Utf8, UpdateNode Node)
    {
        public int Index { get; } = FieldPath.IndexOf(Utf8);

        public static int Order(Child left, Child right) =>
            left.Index >= 0 && right.Index >= 0
                ? left.Index.CompareTo(right.Index)
                : left.Utf8.AsSpan().SequenceCompareTo(right.Utf8);
    }
}
