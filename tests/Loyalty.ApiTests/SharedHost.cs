[assembly: AssemblyFixture(typeof(Loyalty.ApiTests.SharedHost))]

namespace Loyalty.ApiTests;

/// <summary>One host for all tests that leave it alive: each keeps to accounts, campaigns and events of its own.</summary>
public sealed class SharedHost : HostProcess;
