using Loyalty.Modularity;

namespace Loyalty.Tests.Modularity;

public sealed class ModuleLoaderTests
{
    [Fact]
    public void A_module_comes_after_all_it_depends_on_and_only_once()
    {
        var modules = ModuleLoader.Load(typeof(Root));

        Assert.Equal([typeof(Ground), typeof(Left), typeof(Right), typeof(Root)], modules.Select(module => module.GetType()));
    }

    [Fact]
    public void A_circle_is_refused_and_its_members_are_named()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ModuleLoader.Load(typeof(Snake)));

        Assert.Contains("Snake → Tail → Snake", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depending_on_something_that_is_no_module_is_refused_by_name()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ModuleLoader.Load(typeof(Lost)));

        Assert.Contains(typeof(NoModule).FullName!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_cannot_be_created_is_named_with_the_reason()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ModuleLoader.Load(typeof(Stillborn)));

        Assert.Contains("Stillborn", error.Message, StringComparison.Ordinal);
        Assert.Contains("no luck", error.Message, StringComparison.Ordinal);
    }

    private sealed class Ground : AppModule;

    [DependsOn(typeof(Ground))]
    private sealed class Left : AppModule;

    [DependsOn(typeof(Ground))]
    private sealed class Right : AppModule;

    [DependsOn(typeof(Left), typeof(Right))]
    private sealed class Root : AppModule;

    [DependsOn(typeof(Tail))]
    private sealed class Snake : AppModule;

    [DependsOn(typeof(Snake))]
    private sealed class Tail : AppModule;

    [DependsOn(typeof(NoModule))]
    private sealed class Lost : AppModule;

    private sealed class NoModule;

    private sealed class Stillborn : AppModule
    {
        public Stillborn() => throw new NotSupportedException("no luck");
    }
}
