using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Accounts;

/// <summary>Phones are compared as numbers.</summary>
public sealed class PhoneTests
{
    [Theory]
    [InlineData("600100200", "+48600100200")]
    [InlineData("600 100 200", "+48600100200")]
    [InlineData("600-100-200", "+48600100200")]
    [InlineData("+48 600 100 200", "+48600100200")]
    [InlineData("0048 600 100 200", "+48600100200")]
    [InlineData("+49 30 1234567", "+49301234567")]
    [InlineData("call me", null)]
    [InlineData("12", null)]
    [InlineData("", null)]
    [InlineData("+", null)]
    [InlineData("99999999999999999999999999", null)]
    public void A_phone_is_a_number_however_it_is_written(string text, string? number) => Assert.Equal(number, Phones.NumberOf(text, "PL"));

    [Theory]
    [InlineData("600 10", "+4860010")]
    [InlineData("+48600", "+48600")]
    [InlineData("0048-600", "+48600")]
    [InlineData("anna", null)]
    public void What_is_typed_of_a_number_finds_it(string text, string? beginning) => Assert.Equal(beginning, Phones.BeginningOf(text, "PL"));

    [Theory]
    [InlineData(MemberKeyKind.Phone, "0048 600-100-200")]
    [InlineData(MemberKeyKind.Phone, "600100200")]
    [InlineData(MemberKeyKind.Email, "ANNA@Example.com")]
    [InlineData(MemberKeyKind.Card, "card-1")]
    public async Task A_till_finds_a_member_by_what_they_say(MemberKeyKind by, string value)
    {
        var simulator = new PassSimulator();
        simulator.Decide(new ProfileEvent { Account = "anna", Phone = "+48 600 100 200", Email = "anna@example.com" });
        simulator.Decide(new CardEvent { Account = "anna", Card = "card-1" });
        simulator.Decide(new ProfileEvent { Account = "other", Phone = "600 100 201", Email = "other@example.com", FirstName = "+48600100200" });
        var members = simulator.Services.GetRequiredService<IMemberLookUp>();

        var found = await members.FindAsync(PassSimulator.Tenant, new MemberKey(by, value), 5, TestContext.Current.CancellationToken);

        Assert.Equal("anna", Assert.Single(found).Id);
        var code = simulator.Account("anna").Mgm.ToLowerInvariant();
        Assert.Equal("anna", Assert.Single(await members.FindAsync(PassSimulator.Tenant, new MemberKey(MemberKeyKind.Mgm, code), 5, TestContext.Current.CancellationToken)).Id);
    }
}
