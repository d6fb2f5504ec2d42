using Loyalty.Modularity;

namespace Loyalty.Passes.Deciding;

/// <summary>Something was appended on this host, to be decided.</summary>
internal sealed class PassSignal : Signal;
