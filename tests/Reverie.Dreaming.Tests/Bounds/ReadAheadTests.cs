using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming.Tests.Bounds;

/// <summary>Long sessions are not held in memory side by side because there are many threads.</summary>
public sealed class ReadAheadTests
{
    [Fact]
    public async Task Sessions_under_review_are_bounded_by_their_bytes()
    {
        var alive = new List<SessionTranscript>();
        long most = 0;

        await new Dreamer(new DreamOptions { Parallelism = 8 }).DreamAsync(Sessions(TestContext.Current.CancellationToken), MemoryTree.Empty, null, TestContext.Current.CancellationToken);

        Assert.InRange(most, 1, Dreamer.BytesAheadMax + 4 * 1024 * 1024);

        async IAsyncEnumerable<SessionTranscript> Sessions([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var i = 0; i < 12; i++)
            {
                var session = Long(i);
                alive.Add(session);
                yield return session;
                alive.RemoveAll(static s => LengthOf(s) == 0);
                most = Math.Max(most, alive.Sum(LengthOf));
            }
            await Task.CompletedTask.WaitAsync(cancellationToken);
        }
    }

    private static SessionTranscript Long(int number) => SessionTranscript.Parse(Encoding.UTF8.GetBytes(
        $$"""{"external_id":"s{{number}}","source":"test","agent":"a","created_at":"2026-01-02T03:04:05Z","note":"{{new string('x', 4 * 1024 * 1024)}}","events":[]}"""));

    /// <summary>0 once the session was disposed.</summary>
    private static long LengthOf(SessionTranscript session)
    {
        try
        {
            return JsonMarshal.GetRawUtf8Value(session.Raw).Length;
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }
}
