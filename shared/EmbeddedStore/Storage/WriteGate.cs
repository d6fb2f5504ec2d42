using Microsoft.Extensions.Logging;

namespace EmbeddedStore.Storage;

/// <summary>Whether writes are let in. Says once what has happened, when it happens and when it is over.</summary>
internal sealed class WriteGate(string path, ILogger logger, Action<string>? failed)
{
    private volatile OutageException? outage;
    private volatile bool isFailed;

    public StoreStatus Status => outage switch
    {
        null => StoreStatus.TakesWrites,
        var cause => new(isFailed ? StoreCondition.Failed : StoreCondition.RefusesWrites, cause.Message),
    };

    public bool IsFailed => isFailed;

    public void ThrowIfClosed()
    {
        if (outage is { } cause)
            throw new OutageException(cause.Code, cause.CodeName, cause.Message, cause);
    }

    /// <summary>Until <see cref="Open"/>.</summary>
    public OutageException Close(OutageException cause)
    {
        if (isFailed)
            return outage!;
        outage = cause;
        logger.LogError(cause, "The embedded store refuses writes: {Reason}", cause.Message);
        return cause;
    }

    public void Open()
    {
        if (isFailed)
            return;
        outage = null;
        logger.LogInformation("The embedded store takes writes again.");
    }

    /// <summary>For good: whatever is in memory may differ from what is in the file.</summary>
    public OutageException Fail(Exception error)
    {
        if (isFailed)
            return outage!;
        var cause = OutageException.Failed(
            $"{path} takes no more writes until it is opened again, because one failed in a way that leaves open what the file holds: {error.Message}", error);
        (outage, isFailed) = (cause, true);
        logger.LogCritical(error, "The embedded store has failed: {Reason}", cause.Message);
        if (failed is not null)
            // Note: whoever is told may want to stop everything, and must not hold up those who wait for this write.
            ThreadPool.UnsafeQueueUserWorkItem(tell => tell.failed(tell.Message), (failed, cause.Message), preferLocal: false);
        return cause;
    }
}
