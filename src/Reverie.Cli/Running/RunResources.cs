using System.Text.Json.Nodes;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Running;

/// <summary>What a session is given besides its agent: a place to work, memory, files.</summary>
internal sealed class RunResources(Api api, TextWriter notices)
{
    /// <summary>Marks, in place of <see cref="RunAgents.Mark"/>, the copies of stores that an evaluation works with.</summary>
    public const string CopyMark = "eval";

    private const string EnvironmentName = "run";
    private const string ReadOnly = ":ro";

    /// <summary>The environment that is used when none is named: without network. Made once; whoever changes it keeps the change.</summary>
    public async Task<string> FindEnvironmentAsync(CancellationToken cancellationToken)
    {
        await foreach (var made in api.ListAsync("/v1/environments?limit=100", cancellationToken))
        {
            if (RunAgents.IsMarked(made)) return made.GetProperty("id").GetString()!;
        }
        var environment = await api.PostAsync("/v1/environments", new JsonObject
        {
            ["name"] = EnvironmentName,
            ["description"] = "Made by \"reverie run\" for sessions that name no environment: no network.",
            ["config"] = new JsonObject { ["type"] = "cloud", ["networking"] = new JsonObject { ["type"] = "limited", ["allowed_hosts"] = new JsonArray() } },
            ["metadata"] = new JsonObject { [RunAgents.Mark.Key] = RunAgents.Mark.Value },
        }, cancellationToken);
        return environment.GetProperty("id").GetString()!;
    }

    /// <summary>Memory stores and files, as the request that begins a session takes them.</summary>
    /// <param name="stores">Ids or names, with <c>:ro</c> behind those that are only read.</param>
    /// <param name="files">Paths.</param>
    public async Task<JsonArray> MountAsync(IReadOnlyList<string> stores, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        if (files.FirstOrDefault(static f => !File.Exists(f)) is { } missing) throw new BadInputException($"--file {missing}: there is no such file");
        if (files.GroupBy(Path.GetFileName, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1) is { } twins)
            throw new BadInputException($"--file: {string.Join(" and ", twins)} would both be mounted as {twins.Key}; rename one");
        var resources = new JsonArray();
        foreach (var store in stores) resources.Add((JsonNode)await MountStoreAsync(store, cancellationToken));
        foreach (var file in files)
        {
            var uploaded = await api.UploadAsync("/v1/files", file, cancellationToken);
            resources.Add((JsonNode)new JsonObject { ["type"] = "file", ["file_id"] = uploaded.GetProperty("id").GetString(), ["mount_path"] = Path.GetFileName(file) });
        }
        return resources;
    }

    private async Task<JsonObject> MountStoreAsync(string named, CancellationToken cancellationToken)
    {
        var isReadOnly = named.EndsWith(ReadOnly, StringComparison.Ordinal);
        var name = isReadOnly ? named[..^ReadOnly.Length] : named;
        return new JsonObject
        {
            ["type"] = "memory_store",
            ["memory_store_id"] = name.StartsWith("memstore_", StringComparison.Ordinal) ? name : await FindStoreAsync(name, isReadOnly, cancellationToken),
            ["access"] = isReadOnly ? "read_only" : "read_write",
        };
    }

    /// <summary>The store of that name; made when there is none and something is to be kept in it.</summary>
    private async Task<string> FindStoreAsync(string name, bool isReadOnly, CancellationToken cancellationToken)
    {
        var found = await StoresAsync(api, name, cancellationToken);
        switch (found)
        {
            case [var only]:
                return only;
            case []:
                if (name.Contains('/')) throw new BadInputException($"--memory {name}: there is no memory store of that name; to mount a directory, make a store of it first: reverie memory import {name} --name {Path.GetFileName(Path.TrimEndingDirectorySeparator(name))}");
                if (isReadOnly) throw new BadInputException($"--memory {name}{ReadOnly}: there is no memory store of that name to read; see \"reverie memory list\"");
                var made = (await api.PostAsync("/v1/memory_stores", new JsonObject { ["name"] = name }, cancellationToken)).GetProperty("id").GetString()!;
                await notices.WriteLineAsync($"made the memory store {PlainText.Line(name)} ({made})");
                return made;
            default:
                throw new BadInputException($"--memory {name}: {found.Count} memory stores have that name; give one of their ids: {string.Join(", ", found)}");
        }
    }

    /// <summary>The ids of the stores of that name, newest first; copies that an evaluation works with are passed over.</summary>
    public static async Task<List<string>> StoresAsync(Api api, string name, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        await foreach (var store in api.ListAsync("/v1/memory_stores?limit=100", cancellationToken))
        {
            if (SessionLine.TextOf(store, "name") == name && SessionLine.TextOf(store.GetProperty("metadata"), RunAgents.Mark.Key) != CopyMark) found.Add(store.GetProperty("id").GetString()!);
        }
        return found;
    }
}
