using System.Text;
using Microsoft.AspNetCore.Http;

namespace Reverie.Testing.Models;

/// <summary>Writes a stream of events as the answer orders: cut, ended, halted, in pieces of bytes.</summary>
internal sealed class EventStream(HttpContext http, FakeAnswer answer)
{
    private int _sent;

    /// <summary>False when nothing more is to be sent.</summary>
    /// <param name="name">Of the event; null for none.</param>
    /// <param name="data">One line.</param>
    /// <param name="error">What to send in the place of the event at which the answer is to fail.</param>
    public async Task<bool> SendAsync(string? name, string data, Func<FakeError, (string? Name, string Data)> error)
    {
        if (answer.CutAfterEvents == _sent)
        {
            await http.Response.Body.FlushAsync();
            http.Abort();
            return false;
        }
        if (answer.EndAfterEvents == _sent) return false;
        if (answer.HangAfterEvents == _sent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return false;
        }
        if (answer.ErrorAfterEvents == _sent && answer.Error is { } failure)
        {
            var (errorName, errorData) = error(failure);
            await WriteAsync(errorName, errorData);
            return false;
        }
        if (_sent > 0 && answer.BetweenMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(answer.BetweenMs), TimeProvider.System, http.RequestAborted);
        await WriteAsync(name, data);
        _sent++;
        return true;
    }

    private async Task WriteAsync(string? name, string data)
    {
        var bytes = Encoding.UTF8.GetBytes($"{(name is null ? "" : $"event: {name}\n")}data: {data}\n\n");
        var size = answer.WriteBytes > 0 ? answer.WriteBytes : bytes.Length;
        for (var from = 0; from < bytes.Length; from += size)
        {
            await http.Response.Body.WriteAsync(bytes.AsMemory(from, Math.Min(size, bytes.Length - from)), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    /// <summary>Pieces of a text that split no character.</summary>
    public static IEnumerable<string> Pieces(string text, int chars)
    {
        for (var from = 0; from < text.Length;)
        {
            var to = Math.Min(from + Math.Max(chars, 1), text.Length);
            if (to < text.Length && char.IsLowSurrogate(text[to])) to++;
            yield return text[from..to];
            from = to;
        }
    }
}
