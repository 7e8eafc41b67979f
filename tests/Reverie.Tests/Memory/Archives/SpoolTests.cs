using Reverie.Memory.Archives;

namespace Reverie.Tests.Memory.Archives;

public sealed class SpoolTests
{
    [Fact]
    public async Task An_open_file_has_no_name_that_a_killed_process_could_leave()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows deletes the file itself.");
        await using var spool = Spool.Create();

        await spool.WriteAsync("text"u8.ToArray(), TestContext.Current.CancellationToken);
        spool.Position = 0;

        Assert.Equal("text", await new StreamReader(spool).ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.False(File.Exists(spool.Name));
    }
}
