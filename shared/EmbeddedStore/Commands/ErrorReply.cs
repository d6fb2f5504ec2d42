using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Storage;
using EmbeddedStore.Wire;
using Microsoft.Extensions.Logging;

namespace EmbeddedStore.Commands;

/// <summary>Errors as replies: with MongoDB's code, its name and a message.</summary>
internal static class ErrorReply
{
    public static Reply Of(Exception error, Operation operation, ILogger logger)
    {
        var (code, name, message) = Explain(error, operation, logger);
        return Reply.Of(reply =>
        {
            reply.Write("ok", 0.0);
            reply.Write("errmsg", message);
            reply.Write("code", code);
            reply.Write("codeName", name);
            (error as DuplicateKeyException)?.WriteDetails(reply);
        });
    }

    /// <summary>Whether it concerns one statement of a bulk write only, so that the others can go on.</summary>
    public static bool IsOfStatement(Exception error) => error is CommandException or DuplicateKeyException;

    public static void WriteStatement(DocumentWriter errors, int position, int index, Exception error)
    {
        var start = errors.BeginDocument(position);
        errors.Write("index", index);
        errors.Write("code", error is CommandException refused ? refused.Code : DuplicateKeyException.Code);
        (error as DuplicateKeyException)?.WriteDetails(errors);
        errors.Write("errmsg", error.Message);
        errors.End(start);
    }

    private static (int Code, string Name, string Message) Explain(Exception error, Operation operation, ILogger logger)
    {
        switch (error)
        {
            case CommandException refused:
                return (refused.Code, refused.CodeName, refused.Message);
            case DuplicateKeyException:
                return (DuplicateKeyException.Code, "DuplicateKey", error.Message);
            case OperationCanceledException when operation.IsOutOfTime:
                return (50, "MaxTimeMSExpired", "operation exceeded time limit");
            case OperationCanceledException:
                return (11601, "Interrupted", "operation was interrupted");
            case OutageException outage:
                return (outage.Code, outage.CodeName, outage.Message);
            case ObjectDisposedException:
                return (91, "ShutdownInProgress", "the store is closed");
            default:
                logger.LogError(error, "A command failed for a reason that the embedded store did not foresee.");
                return (1, "InternalError", $"{error.GetType().Name}: {error.Message}");
        }
    }
}
