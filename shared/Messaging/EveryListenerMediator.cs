using MediatR;

namespace Loyalty.Messaging;

/// <summary>
/// Note: MediatR's own Publish stops at the first listener that throws, and the rest never hear of it. Here all are
/// called, in order, and what went wrong is thrown afterwards.
/// </summary>
internal sealed class EveryListenerMediator(ServiceFactory services) : Mediator(services)
{
    protected override async Task PublishCore(IEnumerable<Task> allHandlers)
    {
        List<Exception>? errors = null;
        using var handlers = allHandlers.GetEnumerator();
        while (true)
        {
            try
            {
                // Note: the sequence is lazy: each step calls the next listener, which may throw before its first await.
                if (!handlers.MoveNext())
                    break;
                await handlers.Current;
            }
            catch (Exception error)
            {
                (errors ??= []).Add(error);
            }
        }
        if (errors is not null)
            throw new AggregateException(errors);
    }
}
