using Reverie.Secrets;

namespace Reverie.Tests.Secrets;

public sealed class SecretBoxTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("ghp_token")]
    [InlineData("größer 🔑")]
    public void A_secret_comes_back_for_its_owner_alone(string secret)
    {
        var box = SecretBox.OpenFile(_place["key"]);

        var kept = box.Seal(secret, "a");

        Assert.Equal(secret, box.Open(kept, "a"));
        Assert.Null(box.Open(kept, "b"));
        Assert.NotEqual(kept, box.Seal(secret, "a"));
        if (secret.Length > 0) Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_made_once_and_nobody_else_can_read_it()
    {
        var kept = SecretBox.OpenFile(_place["key"]).Seal("secret", "a");

        Assert.Equal("secret", SecretBox.OpenFile(_place["key"]).Open(kept, "a"));
        Assert.Null(SecretBox.OpenFile(_place["other"]).Open(kept, "a"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_place["key"]));
    }

    [Fact]
    public void What_was_changed_opens_to_nothing()
    {
        var box = SecretBox.OpenFile(_place["key"]);
        var bytes = Convert.FromBase64String(box.Seal("secret", "a"));

        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.Null(box.Open(Convert.ToBase64String(bytes), "a"));
            bytes[i] ^= 1;
        }
        Assert.All(["", "no base64!", "AAAA"], text => Assert.Null(box.Open(text, "a")));
    }

    [Fact]
    public void A_file_that_holds_no_key_is_refused()
    {
        _place.Write("key", "short");

        Assert.Throws<InvalidDataException>(() => SecretBox.OpenFile(_place["key"]));
    }
}
