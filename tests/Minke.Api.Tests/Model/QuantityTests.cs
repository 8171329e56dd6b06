namespace Minke.Api.Tests.Model;

/// <summary>The texts come from what resource.Quantity accepts and prints.</summary>
public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("1000m", "1")]
    [InlineData("0.5", "500m")]
    [InlineData("1500m", "1500m")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("1024", "1024")]
    [InlineData("1024Ki", "1Mi")]
    [InlineData("1025Ki", "1025Ki")]
    [InlineData("512", "512")]
    [InlineData("0.5Ki", "512")]
    [InlineData("1000", "1k")]
    [InlineData("1000k", "1M")]
    [InlineData("1e3", "1e3")]
    [InlineData("1E3", "1e3")]
    [InlineData("12e2", "1200")]
    [InlineData("1E", "1E")]
    [InlineData("100n", "100n")]
    [InlineData("0.1n", "1n")]
    [InlineData("-1.5", "-1500m")]
    [InlineData("+3", "3")]
    [InlineData(".5", "500m")]
    [InlineData("5.", "5")]
    [InlineData("1e-3", "1e-3")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("99999999999999999999", "9223372036854775807")]
    public void Text_Parsed_IsWrittenInCanonicalForm(string text, string canonical) => Assert.Equal(canonical, Quantity.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("1mm")]
    [InlineData("1 Gi")]
    [InlineData("1.2.3")]
    [InlineData("ten")]
    [InlineData("1ki")]
    [InlineData("0x10")]
    [InlineData("1e")]
    [InlineData("--1")]
    [InlineData(".")]
    public void NotAQuantity_IsRefused(string text) => Assert.False(Quantity.TryParse(text, out _));

    [Theory]
    [InlineData("1500m", 2, 1500)]
    [InlineData("64Mi", 67108864, 67108864000)]
    [InlineData("1n", 1, 1)]
    [InlineData("-1500m", -1, -1500)]
    public void Value_IsRoundedUp(string text, long value, long milli)
    {
        var quantity = Quantity.Parse(text);
        Assert.Equal(value, quantity.Value);
        Assert.Equal(milli, quantity.MilliValue);
    }

    [Fact]
    public void Sum_KeepsTheFormatOfTheFirst() => Assert.Equal("96Mi", (Quantity.Parse("64Mi") + Quantity.Parse("33554432")).ToString());

    [Fact]
    public void Equality_IgnoresTheFormat() => Assert.Equal(Quantity.Parse("1Ki"), Quantity.Parse("1024"));
}
