namespace EmbeddedStore.Query;

/// <summary>Whether one filter is narrower than another, for partial indexes.</summary>
internal static class Implication
{
    public static bool Holds(Filter narrow, Filter wide) => wide.MatchesEverything && narrow is not null;
}
