using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

/// <summary>
/// Loaded by the runtime into a server process that a test starts. Kills the process, as the kernel would, right after the
/// commit that a file orders: the id of a session and which of its commits from now on, with a space between them.
/// </summary>
#pragma warning disable CA1050, MA0047 // The runtime looks for this name, without a namespace.
public static class StartupHook
#pragma warning restore CA1050, MA0047
{
    /// <summary>Names the file.</summary>
    public const string Variable = "REVERIE_TEST_KILL_FILE";

    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(static listener =>
    {
        if (listener.Name == "Microsoft.Extensions.Hosting") listener.Subscribe(new Observer<KeyValuePair<string, object?>>(static told =>
        {
            if (told is { Key: "HostBuilt", Value: IHost host }) host.Services.GetRequiredService<Database>().WakeUps.Follow(new Killer(Environment.GetEnvironmentVariable(Variable)!).Count);
        }));
    }));

    private sealed class Killer(string file)
    {
        private int _commits;

        public void Count(object topic)
        {
            if (topic is not Id<Session> session || !File.Exists(file) || File.ReadAllText(file).Split(' ') is not [var id, var last] || id != session.Value) return;
            if (++_commits == int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)) Process.GetCurrentProcess().Kill();
        }
    }

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(T value) => next(value);
    }
}
