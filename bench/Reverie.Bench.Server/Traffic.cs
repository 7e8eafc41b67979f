namespace Reverie.Bench.Server;

/// <summary>What the clients of one load ask for. Each client has one request under way.</summary>
internal abstract class Traffic
{
    /// <summary>The next request of a client, as bytes.</summary>
    public abstract ReadOnlyMemory<byte> Next(int client);

    /// <summary>True when the answer counts as an operation, false when it was refused for a good reason.</summary>
    public virtual bool Took(int client, int status) => status == 200 ? true : throw new InvalidOperationException($"The server answered {status}.");
}

/// <summary>The same requests in turn.</summary>
internal sealed class Reads(IReadOnlyList<ReadOnlyMemory<byte>> requests) : Traffic
{
    private readonly int[] _next = [.. Enumerable.Range(0, Workload.ClientsMax).Select(c => c * 7919 % requests.Count)];

    public override ReadOnlyMemory<byte> Next(int client) => requests[_next[client] = (_next[client] + 1) % requests.Count];
}

/// <summary>New memories, store after store.</summary>
internal sealed class Creations(Workload workload, IReadOnlyList<string> stores, int perStore) : Traffic
{
    private int _count;

    public override ReadOnlyMemory<byte> Next(int client)
    {
        var number = Interlocked.Increment(ref _count) - 1;
        return workload.Create(stores[number / perStore], $"/notes/{number % perStore}.md", workload.NextText());
    }
}

/// <summary>Updates that name the hash they know.</summary>
/// <param name="workload">Makes the texts.</param>
/// <param name="paths">Where the memories are updated.</param>
/// <param name="hashes">What each holds; kept up to date.</param>
/// <param name="clients">Clients that share them.</param>
/// <param name="isContended">True when each client updates any memory; otherwise each keeps to its own.</param>
internal sealed class Updates(Workload workload, IReadOnlyList<string> paths, string?[] hashes, int clients, bool isContended) : Traffic
{
    private readonly int[] _memory = [.. Enumerable.Range(0, clients).Select(c => c % paths.Count)];
    private readonly string[] _sent = new string[clients];

    public override ReadOnlyMemory<byte> Next(int client)
    {
        var next = _memory[client] + (isContended ? 1 : clients);
        var memory = _memory[client] = next < paths.Count ? next : isContended ? 0 : client;
        var text = workload.NextText();
        _sent[client] = Workload.Sha256(text);
        return workload.Update(paths[memory], text, hashes[memory]);
    }

    public override bool Took(int client, int status)
    {
        if (status == 409 && isContended) return false;
        hashes[_memory[client]] = _sent[client];
        return base.Took(client, status);
    }
}
