
namespace Loyalty.Events.Contracts;

/// <summary>Names a kind of event, as the <c>event</c> property gives it. The module whose documents it changes has its handler.</summary>
public sealed class EventKindAttribute(string kind) : EntryKindAttribute(kind);
