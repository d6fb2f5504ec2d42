using System.Reflection;
using System.Xml.Linq;
using Loyalty.Host;
using Loyalty.Modularity;

namespace Loyalty.Tests.Architecture;

public sealed class ModuleTests
{
    public static TheoryData<string> Modules => [.. ModuleRules.Arrows.Keys];

    [Fact]
    public void Every_folder_of_modules_has_its_arrows() => Assert.Equal(ModuleRules.Arrows.Keys.Order(), Repository.ModuleNames);

    [Fact]
    public void The_host_depends_on_every_module() =>
        Assert.Superset(
            ModuleRules.Arrows.Keys.Select(ModuleRules.ModuleOf).ToHashSet(),
            ModuleLoader.DependenciesOf(typeof(HostModule)).ToHashSet());

    [Theory, MemberData(nameof(Modules))]
    public void A_module_depends_on_those_its_arrows_name(string name) =>
        Assert.Empty(ModuleRules.WrongDependsOn(ModuleRules.ModuleOf(name), ModuleRules.Arrows[name]));

    [Theory, MemberData(nameof(Modules))]
    public void A_project_references_those_its_arrows_name(string name) =>
        Assert.Empty(ModuleRules.WrongReferences(name, Repository.ModuleProject(name), ModuleRules.Arrows[name]));

    [Theory, MemberData(nameof(Modules))]
    public void A_module_shows_only_its_contracts_and_its_class(string name) =>
        Assert.Empty(ModuleRules.Exposed(Assembly.Load($"Loyalty.{name}").GetTypes()));

    [Fact]
    public void What_is_shared_references_no_module()
    {
        var projects = Repository.Root.GetDirectories("shared").Single().GetFiles("*.csproj", SearchOption.AllDirectories);

        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Empty(ModuleRules.WrongReferences(project.Name, XDocument.Load(project.FullName), [])));
    }

    [Fact]
    public void A_planted_arrow_is_found_in_the_attribute_and_in_the_project()
    {
        var project = XDocument.Parse("""<Project><ItemGroup><ProjectReference Include="../Stats/Stats.csproj" /></ItemGroup></Project>""");

        Assert.Equal(["[DependsOn] of EventsModule must not name Stats."], ModuleRules.WrongDependsOn(typeof(Planted.EventsModule), []));
        Assert.Equal(["Events.csproj must not name Stats."], ModuleRules.WrongReferences("Events", project, []));
    }

    [Fact]
    public void A_missing_arrow_is_found_in_the_attribute_and_in_the_project()
    {
        Assert.Equal(["[DependsOn] of EventsModule must name Campaigns."], ModuleRules.WrongDependsOn(typeof(Planted.EventsModule), ["Campaigns", "Stats"]));
        Assert.Equal(["Events.csproj must name Campaigns."], ModuleRules.WrongReferences("Events", new XDocument(), ["Campaigns"]));
    }

    [Fact]
    public void A_planted_public_type_is_found_but_a_contract_is_not()
    {
        Type[] types = [typeof(Planted.Leaked), typeof(Planted.EventsModule), typeof(Planted.Contracts.Said)];

        var exposed = Assert.Single(ModuleRules.Exposed(types));

        Assert.StartsWith(typeof(Planted.Leaked).FullName!, exposed, StringComparison.Ordinal);
    }
}
