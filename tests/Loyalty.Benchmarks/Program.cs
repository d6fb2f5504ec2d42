using Loyalty.Benchmarks.EmbeddedStore;
using Loyalty.Benchmarks.Events;

switch (args)
{
    case ["store", .. var arguments]:
        await StoreBenchmark.RunAsync(arguments);
        break;
    case ["opening", .. var arguments]:
        await OpeningBenchmark.RunAsync(arguments);
        break;
    case ["events", .. var arguments]:
        await EventBenchmark.RunAsync(arguments);
        break;
    case ["campaigns"]:
        await CampaignBenchmark.RunAsync();
        break;
    default:
        Console.WriteLine("dotnet run -c Release --project tests/Loyalty.Benchmarks -- campaigns");
        Console.WriteLine("dotnet run -c Release --project tests/Loyalty.Benchmarks -- events [accounts]");
        Console.WriteLine("dotnet run -c Release --project tests/Loyalty.Benchmarks -- store [documents]");
        Console.WriteLine("dotnet run -c Release --project tests/Loyalty.Benchmarks -- opening [documents]");
        break;
}
