namespace Reverie.Sandboxes.Launch;

/// <summary>Runs a program to its end.</summary>
internal static class SandboxProgram
{
    /// <inheritdoc cref="ISandbox.RunProgramAsync"/>
    public static async Task<ProgramOutcome> RunAsync(
        IReadOnlyList<string> command, ControlGroup? group, string directory, TimeSpan timeout, int outputBytesMax, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var process = await SandboxProcess.StartAsync(command, group, directory);
        return await RunAsync(process, timeout, outputBytesMax, time, cancellationToken);
    }

    /// <summary>The same with a program that was started, and that may still run afterwards where its code is null.</summary>
    public static async Task<ProgramOutcome> RunAsync(SandboxProcess process, TimeSpan timeout, int outputBytesMax, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        process.Process.StandardInput.Close();
        var output = new byte[outputBytesMax];
        var spare = new byte[1];
        var count = 0;
        var isCut = false;
        try
        {
            while (!isCut)
            {
                var target = count < output.Length ? output.AsMemory(count) : spare;
                var read = await process.Process.StandardOutput.BaseStream.ReadAsync(target, either.Token).AsTask().WaitAsync(either.Token);
                if (read == 0) break;
                isCut = count == output.Length;
                count += isCut ? 0 : read;
            }
            if (isCut) return new(null, output[..count], true, process.Errors.Text);
            await process.Process.WaitForExitAsync(either.Token);
            await process.Errors.Ended.WaitAsync(either.Token);
            return new(process.Process.ExitCode, output[..count], false, process.Errors.Text);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, output[..count], false, process.Errors.Text);
        }
    }
}
