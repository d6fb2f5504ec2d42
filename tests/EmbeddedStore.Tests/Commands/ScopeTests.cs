using EmbeddedStore.Commands;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

public sealed class ScopeTests
{
    [Fact]
    public void Every_command_on_the_list_has_code_that_runs_it() =>
        Assert.All(Scope.Commands.Keys, name => Assert.Equal(name, CommandTable.Named(name).Name));

    [Fact]
    public void Every_command_that_has_code_is_on_the_list() =>
        Assert.Equal(Scope.Commands.Keys.Order(), CommandTable.Names.Order());
}
