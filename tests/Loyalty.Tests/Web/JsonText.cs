using System.Text.Json;

namespace Loyalty.Tests.Web;

internal static class JsonText
{
    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
