using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Reverie.Protocol.Sessions;
using Reverie.Sandboxes.Files;
using Reverie.Sandboxes.Launch;

namespace Reverie.Sessions.Hands.Repositories;

/// <summary>
/// Clones a repository with this machine's git, outside every sandbox and as far from its settings as it goes: no hooks, no
/// submodules, no prompts, one protocol, one commit deep. The token is a header that git learns from its environment, so it
/// stands in no argument and in no file.
/// </summary>
internal sealed class GitClone(RepositoryOptions options, TimeProvider clock)
{
    private const string Git = "git";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>The operator's way to the internet.</summary>
    private static readonly string[] PassedOn = ["PATH", "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    /// <summary>Makes <paramref name="directory"/> a clone, or leaves nothing there.</summary>
    /// <param name="token">Null for a public repository.</param>
    /// <param name="directory">An absolute path of this machine where nothing is.</param>
    /// <returns>What went wrong; null when all went well.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<CloneProblem?> RunAsync(RepositoryResource repository, string? token, string directory, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(options.TimeMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        CloneProblem? problem = null;
        try
        {
            foreach (var command in Commands(repository, directory))
            {
                problem = await RunAsync(command, token, directory, either.Token);
                if (problem is not null) return problem;
            }
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return problem = CloneProblem.Other($"could not be cloned within {options.TimeMax.TotalSeconds:0} s.");
        }
        catch (Win32Exception)
        {
            return problem = CloneProblem.Other("could not be cloned: git is not installed on the server.");
        }
        finally
        {
            if ((problem is not null || either.IsCancellationRequested) && Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
    }

    private static IEnumerable<string[]> Commands(RepositoryResource repository, string directory) => repository.Checkout is CommitCheckout { Sha: var sha }
        ?
        [
            ["init", "--quiet", "--template=", "--", directory],
            ["-C", directory, "remote", "add", "origin", repository.Url],
            ["-C", directory, "fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "origin", sha],
            ["-C", directory, "checkout", "--quiet", "--detach", "FETCH_HEAD"],
        ]
        :
        [
            [
                "clone", "--quiet", "--depth=1", "--single-branch", "--no-tags", "--no-recurse-submodules", "--template=",
                .. repository.Checkout is BranchCheckout { Name: var branch } ? [$"--branch={branch}"] : Array.Empty<string>(), "--", repository.Url, directory,
            ],
        ];

    private async Task<CloneProblem?> RunAsync(string[] command, string? token, string directory, CancellationToken stopped)
    {
        using var process = Start(command, token, Path.GetDirectoryName(directory)!);
        try
        {
            process.StandardInput.Close();
            var errors = new ErrorBeginning(process.StandardError.BaseStream);
            var output = new ErrorBeginning(process.StandardOutput.BaseStream);
            var ended = process.WaitForExitAsync(stopped);
            while (!ended.IsCompleted)
            {
                await Task.WhenAny(ended, Task.Delay(LookEvery, clock, stopped));
                if (IsTooLarge(directory)) return TooLarge;
            }
            await ended;
            await Task.WhenAll(errors.Ended, output.Ended).WaitAsync(stopped);
            return process.ExitCode == 0 ? null : CloneProblem.Of(errors.Text.Replace(directory, "its directory", StringComparison.Ordinal));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private CloneProblem TooLarge => CloneProblem.Other($"has more than {options.BytesMax} bytes, which is the limit.");

    private bool IsTooLarge(string directory)
    {
        try
        {
            return SafeTree.Measure(directory) > options.BytesMax;
        }
        catch (SandboxFileException)
        {
            // Not there yet, or git has cleared it away.
            return false;
        }
    }

    private Process Start(string[] command, string? token, string home)
    {
        var start = new ProcessStartInfo(Git) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = home };
        foreach (var argument in command) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Except(PassedOn, StringComparer.Ordinal).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in Variables(token, home)) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private IEnumerable<(string Name, string Value)> Variables(string? token, string home)
    {
        List<(string, string)> settings =
        [
            ("protocol.allow", "never"),
            ($"protocol.{new Uri(options.From).Scheme}.allow", "always"),
            ($"url.{options.From}.insteadOf", RepositoryOptions.Host),
            ("core.hooksPath", "/dev/null"),
            ("submodule.recurse", "false"),
            ("credential.helper", ""),
            .. token is null ? [] : ((string, string)[])[($"http.{options.From}.extraHeader", $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}"))}")],
        ];
        yield return ("HOME", home);
        yield return ("LC_ALL", "C");
        yield return ("GIT_TERMINAL_PROMPT", "0");
        yield return ("GIT_CONFIG_NOSYSTEM", "1");
        yield return ("GIT_CONFIG_GLOBAL", "/dev/null");
        yield return ("GIT_CONFIG_COUNT", $"{settings.Count}");
        foreach (var (i, (key, value)) in settings.Index())
        {
            yield return ($"GIT_CONFIG_KEY_{i}", key);
            yield return ($"GIT_CONFIG_VALUE_{i}", value);
        }
    }
}
