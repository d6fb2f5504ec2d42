using System.Text;
using System.Text.Json;

namespace Loyalty.ApiTests;

/// <summary>Reading and writing JSON over HTTP, with the whole answer in the message when it is not the expected one.</summary>
public static class Answers
{
    public static Task<HttpResponseMessage> SendJsonAsync(this HttpClient http, HttpMethod method, string path, string json) =>
        http.SendAsync(new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") },
            TestContext.Current.CancellationToken);

    public static async Task<JsonElement> PostJsonAsync(this HttpClient http, string path, string json, int status = 200)
    {
        using var answer = await http.SendJsonAsync(HttpMethod.Post, path, json);
        return await answer.JsonAsync(status);
    }

    public static async Task<JsonElement> PutJsonAsync(this HttpClient http, string path, string json, int status = 200)
    {
        using var answer = await http.SendJsonAsync(HttpMethod.Put, path, json);
        return await answer.JsonAsync(status);
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient http, string path, int status = 200)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await answer.JsonAsync(status);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode == status,
            $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} answered {(int)answer.StatusCode}, not {status}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
