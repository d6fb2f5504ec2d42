using EmbeddedStore.Bson;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>What clients ask before they begin.</summary>
internal static class Handshake
{
    /// <summary>MongoDB 8.0: the newest whose protocol this server speaks.</summary>
    private const int WireVersion = 25;

    private const string Version = "8.0.0";

    // Note: a standalone server: no transactions, no retryable writes, nothing that the store would have to promise beyond one document.
    public static Reply Hello(Call call) => Answer.Ok(reply =>
    {
        reply.Write("helloOk", true);
        reply.Write("ismaster", true);
        reply.Write("isWritablePrimary", true);
        reply.Write("maxBsonObjectSize", Limits.DocumentBytes);
        reply.Write("maxMessageSizeBytes", FrameAssembler.MostBytes);
        reply.Write("maxWriteBatchSize", Limits.WriteBatch);
        reply.Write("localTime", BsonValueRef.FromDate(call.Server.Clock.GetUtcNow().ToUnixTimeMilliseconds()));
        reply.Write("logicalSessionTimeoutMinutes", 30);
        reply.Write("connectionId", (int)call.Connection.Id);
        reply.Write("minWireVersion", 0);
        reply.Write("maxWireVersion", WireVersion);
        reply.Write("readOnly", false);
    });

    public static Reply Ok(Call call) => Answer.Ok(_ => { });

    public static Reply BuildInfo(Call call) => Answer.Ok(reply =>
    {
        reply.Write("version", Version);
        reply.Write("gitVersion", "EmbeddedStore");
        var array = reply.BeginArray("versionArray");
        foreach (var (part, index) in Version.Split('.').Append("0").Select((part, index) => (part, index)))
            reply.Write(index, BsonValueRef.From(int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)));
        reply.End(array);
        reply.End(reply.BeginArray("modules"));
        reply.Write("bits", 64);
        reply.Write("debug", false);
        reply.Write("maxBsonObjectSize", Limits.DocumentBytes);
    });

    public static Reply GetParameter(Call call)
    {
        if (call["featureCompatibilityVersion"].IsMissing)
            throw new CommandException(72, "InvalidOptions", "no option found to get");
        return Answer.Ok(reply =>
        {
            var value = reply.BeginDocument("featureCompatibilityVersion");
            reply.Write("version", "8.0");
            reply.End(value);
        });
    }

    public static Reply ConnectionStatus(Call call) => Answer.Ok(reply =>
    {
        var info = reply.BeginDocument("authInfo");
        reply.End(reply.BeginArray("authenticatedUsers"));
        reply.End(reply.BeginArray("authenticatedUserRoles"));
        reply.End(info);
    });

    public static Reply GetLog(Call call) => Answer.Ok(reply =>
    {
        reply.Write("totalLinesWritten", 0);
        reply.End(reply.BeginArray("log"));
    });
}
