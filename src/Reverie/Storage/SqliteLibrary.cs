using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Reverie.Storage;

/// <summary>Binds the driver to the system's SQLite, once for the process.</summary>
internal static class SqliteLibrary
{
    private const int VersionMin = 3_038_000;

    private static readonly Lazy<bool> Bound = new(Bind);

    /// <exception cref="DatabaseException">There is no SQLite on this machine, or it is too old.</exception>
    public static void Require() => _ = Bound.Value;

    private static bool Bind()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        try
        {
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
        }
        catch (DllNotFoundException error)
        {
            throw new DatabaseException("SQLite is not installed; on Debian: apt-get install libsqlite3-0", error);
        }
        if (raw.sqlite3_libversion_number() < VersionMin)
            throw new DatabaseException($"SQLite {raw.sqlite3_libversion().utf8_to_string()} is too old; 3.38 or later is needed");
        // A connection is used by one thread at a time, and nobody asks how much memory it takes: no locks for either.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!string.Equals(name, "e_sqlite3", StringComparison.Ordinal)) return 0;
        var library = OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : OperatingSystem.IsWindows() ? "winsqlite3.dll" : "libsqlite3.so.0";
        return NativeLibrary.Load(library, assembly, path);
    }
}
