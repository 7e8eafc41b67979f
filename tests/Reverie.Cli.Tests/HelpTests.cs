namespace Reverie.Cli.Tests;

public sealed class HelpTests : IDisposable
{
    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("dream")]
    [InlineData("review")]
    [InlineData("apply")]
    [InlineData("revert")]
    [InlineData("import")]
    [InlineData("demo")]
    [InlineData("run")]
    [InlineData("eval")]
    [InlineData("sessions")]
    [InlineData("schedules")]
    [InlineData("proposals")]
    [InlineData("audit")]
    public async Task Help_needs_no_arguments_and_ends_with_examples(string command)
    {
        var ran = await _world.RunAsync(command, "--help");

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Contains($"  reverie {command}", ran.Out[ran.Out.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_asked_is_help_asked() => Assert.Equal(0, (await _world.RunAsync()).Code);
}
