using Loyalty.Benchmarks.EmbeddedStore;

switch (args)
{
    case ["store", .. var arguments]:
        await StoreBenchmark.RunAsync(arguments);
        break;
    default:
        Console.WriteLine("dotnet run -c Release --project tests/Loyalty.Benchmarks -- store [documents]");
        break;
}
