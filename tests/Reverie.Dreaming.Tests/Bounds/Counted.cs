using System.Collections;

namespace Reverie.Dreaming.Tests.Bounds;

/// <summary>A list that counts how many of its items were looked at.</summary>
internal sealed class Counted<T>(IReadOnlyList<T> items) : IReadOnlyList<T>
{
    public long Reads { get; private set; }

    public int Count => items.Count;

    public T this[int index]
    {
        get
        {
            Reads++;
            return items[index];
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        foreach (var item in items)
        {
            Reads++;
            yield return item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
