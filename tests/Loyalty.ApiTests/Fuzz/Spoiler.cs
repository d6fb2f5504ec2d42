using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>
/// Spoils JSON in a few places: at any depth a value, a name or an item becomes an odd one, is lost, is there twice or is
/// null. Note: what no <see cref="JsonNode"/> can hold, such as half a surrogate pair, is put in as a mark and replaced in
/// the text.
/// </summary>
internal static partial class Spoiler
{
    public static byte[] Spoil(JsonNode? json, Chance chance)
    {
        var marks = new List<string>();
        json = json?.DeepClone();
        for (var i = chance.Between(1, 3); i > 0; i--)
            json = SpoilOnce(json, chance, marks);
        var text = Mark().Replace(
            json?.ToJsonString() ?? "null", mark => marks[int.Parse(mark.Groups[1].Value, CultureInfo.InvariantCulture)]);
        return chance.Percent(15) ? SpoilBytes(Encoding.UTF8.GetBytes(text), chance) : Encoding.UTF8.GetBytes(text);
    }

    private static JsonNode? SpoilOnce(JsonNode? json, Chance chance, List<string> marks)
    {
        var places = PlacesIn(json).ToArray();
        switch (chance.Below(10))
        {
            case 0 or 1:
                PutNull(places, chance);
                break;
            case 2 or 3:
                Put(places, chance, IsText, () => Keep(OddValues.BadText(chance), marks));
                break;
            case 4:
                Put(places, chance, IsTime, () => Keep(OddValues.Time(chance), marks));
                break;
            case 5:
                Put(places, chance, IsNumber, () => Keep(OddValues.Number(chance), marks));
                break;
            default:
                return SpoilAnything(json, places, chance, marks);
        }
        return json;
    }

    private static JsonNode? SpoilAnything(JsonNode? json, Place[] places, Chance chance, List<string> marks)
    {
        if (json is null || places.Length == 0 || chance.Percent(5))
            return Keep(OddValues.Json(chance), marks);
        var (owner, name, index) = chance.Of(places);
        if (owner is JsonObject map)
            Spoil(map, name!, chance, marks);
        else
            Spoil((JsonArray)owner, index, chance, marks);
        return json;
    }

    /// <summary>Null where it stands for nothing: in a list or a map, or in place of a value.</summary>
    private static void PutNull(Place[] places, Chance chance)
    {
        if (places.Length == 0)
            return;
        var lists = places.Select(place => place.Owner).OfType<JsonArray>().Distinct().ToArray();
        if (lists.Length > 0 && chance.Percent(60))
            chance.Of(lists).Insert(0, null);
        else if (chance.Of(places) is (JsonObject map, { } name, _))
            map[chance.Percent(70) ? name : "any"] = null;
    }

    private static void Put(Place[] places, Chance chance, Func<JsonNode?, bool> fits, Func<JsonNode> odd)
    {
        var fitting = places.Where(place => fits(place.Value)).ToArray();
        if (fitting.Length == 0)
            return;
        var (owner, name, index) = chance.Of(fitting);
        if (name is null)
            owner[index] = odd();
        else
            owner[name] = odd();
    }

    private static bool IsText(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String;

    private static bool IsTime(JsonNode? value) => IsText(value) && LooksLikeTime(value!.GetValue<string>());

    private static bool LooksLikeTime(string text) =>
        text.Length > 1 && (text[0] == 'P' || (char.IsAsciiDigit(text[0]) && text.Contains('-', StringComparison.Ordinal)));

    private static bool IsNumber(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number
        || (IsText(value) && decimal.TryParse(value!.GetValue<string>(), CultureInfo.InvariantCulture, out _));

    private static void Spoil(JsonObject map, string name, Chance chance, List<string> marks)
    {
        switch (chance.Below(10))
        {
            case 0:
                map.Remove(name);
                break;
            case 1:
                map[name] = null;
                break;
            case 2:
                map[Keep(OddValues.Name(chance), marks).GetValue<string>()] = map[name]?.DeepClone();
                break;
            case 3:
                map[name] = new JsonArray(map[name]?.DeepClone(), null);
                break;
            case 4:
                map[chance.Percent(50) ? name.ToUpperInvariant() : $"{name}x"] = map[name]?.DeepClone();
                break;
            default:
                map[name] = Keep(OddValues.Json(chance), marks);
                break;
        }
    }

    private static void Spoil(JsonArray list, int index, Chance chance, List<string> marks)
    {
        switch (chance.Below(6))
        {
            case 0:
                list[index] = null;
                break;
            case 1:
                list.Add(null);
                break;
            case 2:
                list.RemoveAt(index);
                break;
            case 3:
                for (var i = chance.Of([1, 20, 70, 600]); i > 0; i--)
                    list.Add(list[index]?.DeepClone());
                break;
            default:
                list[index] = Keep(OddValues.Json(chance), marks);
                break;
        }
    }

    private static IEnumerable<Place> PlacesIn(JsonNode? json) => json switch
    {
        JsonObject map => map.ToArray().SelectMany(member => PlacesIn(member.Value).Prepend(new Place(map, member.Key, 0))),
        JsonArray list => list.Take(20).ToArray()
            .SelectMany((item, index) => PlacesIn(item).Prepend(new Place(list, null, index))),
        _ => [],
    };

    private static byte[] SpoilBytes(byte[] json, Chance chance) => chance.Below(8) switch
    {
        0 => json[..chance.Below(json.Length + 1)],
        1 => [0xEF, 0xBB, 0xBF, .. json],
        2 => [.. json, .. "]"u8],
        3 => [.. json, .. json],
        4 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(json)),
        5 => [],
        _ => Flipped(json, chance),
    };

    private static byte[] Flipped(byte[] json, Chance chance)
    {
        if (json.Length > 0)
            json[chance.Below(json.Length)] = chance.Bytes(1)[0];
        return json;
    }

    private static JsonValue Keep(string token, List<string> marks)
    {
        marks.Add(token);
        return JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"odd-value-{marks.Count - 1}-"));
    }

    /// <param name="Name">In an object; the index counts in an array.</param>
    private sealed record Place(JsonNode Owner, string? Name, int Index)
    {
        public JsonNode? Value => Name is null ? Owner[Index] : Owner[Name];
    }

    [GeneratedRegex("\"odd-value-([0-9]+)-\"")]
    private static partial Regex Mark();
}
