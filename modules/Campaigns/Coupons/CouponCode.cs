using System.Security.Cryptography;

namespace Loyalty.Campaigns;

/// <summary>Coupon codes: 17 characters of an alphabet of 31 without look-alikes, 84 random bits.</summary>
internal static class CouponCode
{
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    public static string New(string? prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, 17);
}
