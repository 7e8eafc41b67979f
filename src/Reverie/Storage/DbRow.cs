namespace Reverie.Storage;

/// <summary>
/// A row as the engine stores it: text, integers, numbers, and times as microseconds since 1970 in UTC. Columns count
/// from 0; to get a null throws <see cref="InvalidCastException"/>. Valid only inside the function that is given it.
/// </summary>
public abstract class DbRow
{
    public abstract bool IsNull(int column);

    public abstract string GetString(int column);

    public abstract long GetInt64(int column);

    public abstract double GetDouble(int column);

    public abstract byte[] GetBytes(int column);

    public string? TextOrNull(int column) => IsNull(column) ? null : GetString(column);

    public long? LongOrNull(int column) => IsNull(column) ? null : GetInt64(column);

    public DateTimeOffset Time(int column) => DbTime.FromMicros(GetInt64(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);
}
