using System.Collections.Frozen;

namespace EmbeddedStore.Commands;

/// <summary>Which code runs which command. What each may be asked stands in <see cref="Scope"/>.</summary>
internal static class CommandTable
{
    private static readonly FrozenDictionary<string, Command> ByName = new Command[]
    {
        new("insert", Insert.RunAsync),
        new("update", UpdateCommand.RunAsync),
        new("delete", Delete.RunAsync),
        new("findAndModify", FindAndModify.RunAsync),
        new("find", Find.RunAsync),
        new("getMore", GetMore.RunAsync),
        Command.Of("killCursors", GetMore.Kill),
        new("aggregate", Aggregate.RunAsync),
        new("count", Count.RunAsync),
        new("distinct", Distinct.RunAsync),
        new("explain", Explain.RunAsync),
        new("createIndexes", Indexes.CreateAsync),
        new("dropIndexes", Indexes.DropAsync),
        new("listIndexes", Indexes.ListAsync),
        new("create", Namespaces.CreateAsync),
        new("drop", Namespaces.DropAsync),
        new("dropDatabase", Namespaces.DropDatabaseAsync),
        new("listCollections", Namespaces.ListCollectionsAsync),
        Command.Of("listDatabases", Namespaces.ListDatabases),
        Command.Of("dbStats", Statistics.OfDatabase),
        Command.Of("hello", Handshake.Hello),
        Command.Of("isMaster", Handshake.Hello),
        Command.Of("ping", Handshake.Ok),
        Command.Of("endSessions", Handshake.Ok),
        Command.Of("buildInfo", Handshake.BuildInfo),
        Command.Of("getParameter", Handshake.GetParameter),
        Command.Of("connectionStatus", Handshake.ConnectionStatus),
        Command.Of("getLog", Handshake.GetLog),
    }.SelectMany(Spellings).ToFrozenDictionary(entry => entry.Name, entry => entry.Command, StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByName.Values.Select(command => command.Name).Distinct();

    public static Command Named(string name) =>
        ByName.TryGetValue(name, out var command) ? command : throw new CommandException(59, "CommandNotFound", $"no such command: '{name}'");

    // Note: MongoDB takes these in lower case as well, and shells send them so.
    private static IEnumerable<(string Name, Command Command)> Spellings(Command command) =>
        command.Name is "isMaster" or "buildInfo" or "findAndModify" or "dbStats"
            ? [(command.Name, command), (command.Name.ToLowerInvariant(), command)]
            : [(command.Name, command)];
}
