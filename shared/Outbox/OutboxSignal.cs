using Loyalty.Modularity;

namespace Loyalty.Outbox;

/// <summary>There is something to deliver.</summary>
internal sealed class OutboxSignal : Signal;
