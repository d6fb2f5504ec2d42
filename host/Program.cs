namespace Loyalty.Host; internal static class Program { private static void Main() { } }
