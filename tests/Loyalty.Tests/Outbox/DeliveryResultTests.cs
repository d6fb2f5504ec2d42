using System.Net;
using Loyalty.Outbox;

namespace Loyalty.Tests.Outbox;

public sealed class DeliveryResultTests
{
    [Theory]
    [InlineData(200, "Delivered")]
    [InlineData(202, "Delivered")]
    [InlineData(204, "Delivered")]
    [InlineData(301, "Dead")]
    [InlineData(307, "Dead")]
    [InlineData(400, "Dead")]
    [InlineData(401, "Dead")]
    [InlineData(404, "Dead")]
    [InlineData(410, "Dead")]
    [InlineData(422, "Dead")]
    [InlineData(408, "Again")]
    [InlineData(425, "Again")]
    [InlineData(429, "Again")]
    [InlineData(500, "Again")]
    [InlineData(503, "Again")]
    [InlineData(599, "Again")]
    public void The_status_decides(int status, string expected) => Assert.Equal(expected, DeliveryResult.Of((HttpStatusCode)status, null).GetType().Name);

    [Fact]
    public void A_receiver_that_names_a_time_is_left_alone_for_so_long() =>
        Assert.Equal(TimeSpan.FromSeconds(90), Assert.IsType<DeliveryResult.Again>(DeliveryResult.Of(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(90))).After);
}
