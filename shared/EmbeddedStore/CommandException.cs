namespace EmbeddedStore;

/// <summary>An error with MongoDB's own code and code name, as a command reply or a write error carries it.</summary>
internal sealed class CommandException(int code, string codeName, string message) : Exception(message)
{
    public int Code { get; } = code;

    public string CodeName { get; } = codeName;

    public static CommandException BadValue(string message) => new(2, "BadValue", message);

    public static CommandException FailedToParse(string message) => new(9, "FailedToParse", message);

    public static CommandException TypeMismatch(string message) => new(14, "TypeMismatch", message);

    public static CommandException InvalidBson(string message) => new(22, "InvalidBSON", message);

    public static CommandException PathNotViable(string message) => new(28, "PathNotViable", message);

    public static CommandException Conflict(string message) => new(40, "ConflictingUpdateOperators", message);

    public static CommandException ImmutableField(string message) => new(66, "ImmutableField", message);

    public static CommandException ParallelArrays(string message) => new(171, "CannotIndexParallelArrays", message);

    public static CommandException NotImplemented(string message) => new(238, "NotImplemented", message);

    /// <summary>An error that MongoDB gives a number but no name.</summary>
    public static CommandException Location(int code, string message) => new(code, $"Location{code}", message);
}
