using System.Runtime.CompilerServices;
using Reverie.Storage;

namespace Reverie.Server.Tests.Hosting;

/// <summary>
/// Every test of this project does each of its writes twice where SQLite is in this process, and the first time is undone: a write that is more than a
/// function of the database shows, wherever it is.
/// </summary>
internal static class TwiceWritten
{
#pragma warning disable CA2255 // A test project is no library.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Begin() => SqliteWriter.RunsTwice = true;
}
