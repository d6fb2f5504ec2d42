using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Loyalty.Modularity;

/// <summary>The setting <c>Urls</c>, checked before anything is started.</summary>
internal static class ListenAddresses
{
    public static void Check(IConfiguration configuration)
    {
        var addresses = (configuration["urls"] ?? "").Split(';', StringSplitOptions.TrimEntries);
        var wrong = addresses.FirstOrDefault(address => address.Length > 0 && !IsAddress(address));
        if (wrong is not null)
            throw new InvalidOperationException($"Urls: \"{wrong}\" is no address such as http://localhost:5080.");
    }

    private static bool IsAddress(string text)
    {
        try
        {
            return BindingAddress.Parse(text) is { Scheme: "http" or "https" } address
                && (address.IsUnixPipe || address.IsNamedPipe || address.Port is >= 0 and <= 65535);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
