using MediatR;

namespace Loyalty.Events.Contracts;

/// <summary>
/// An entry's turn in a pass has come. Listeners change the documents that the pass has loaded; they touch no database.
/// </summary>
public sealed record EventHappened(Pass Pass, Entry Entry) : INotification;
