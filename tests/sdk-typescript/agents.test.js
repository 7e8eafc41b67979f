// REVERIE_URL and REVERIE_API_KEY name a running server.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Anthropic, { BadRequestError, ConflictError, NotFoundError, toFile } from '@anthropic-ai/sdk';

const client = new Anthropic({ baseURL: process.env.REVERIE_URL, apiKey: process.env.REVERIE_API_KEY });
const { agents, environments } = client.beta;
const { files } = client;

async function all(list) {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
}

async function refused(call, errorClass, type) {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof errorClass, `${error}`);
    assert.equal(error.type, type);
    return error;
  }
  return assert.fail('it was not refused');
}

const bare = ({ _request_id, ...rest }) => rest;

describe('agents', () => {
  const made = () =>
    agents.create({
      name: 'reviewer',
      model: { id: 'claude-opus-5', effort: 'high' },
      system: 'Review.',
      tools: [
        { type: 'agent_toolset_20260401', configs: [{ name: 'bash', permission_policy: { type: 'always_ask' } }] },
        { type: 'custom', name: 'ticket', description: 'Opens a ticket.', input_schema: { type: 'object', properties: { title: { type: 'string' } } } },
      ],
      metadata: { team: 'ops' },
    });

  test('an agent is returned as it was made, defaults resolved', async () => {
    const agent = await made();

    assert.deepEqual(bare(await agents.retrieve(agent.id)), bare(agent));
    assert.deepEqual(agent.model, { id: 'claude-opus-5', effort: { type: 'high' }, speed: 'standard' });
    assert.deepEqual(agent.tools[0].default_config, { enabled: true, permission_policy: { type: 'always_allow' } });
    assert.deepEqual(agent.tools[0].configs, [{ type: 'bash', name: 'bash', enabled: true, permission_policy: { type: 'always_ask' } }]);
  });

  test('an update makes a version that can be read beside the first', async () => {
    const agent = await made();
    const after = await agents.update(agent.id, { version: 1, system: null, metadata: { team: null, tier: '1' } });
    const same = await agents.update(agent.id, { system: '' });
    const versions = await all(agents.versions.list(agent.id, { limit: 1 }));

    assert.deepEqual([after.version, after.system, after.metadata], [2, null, { tier: '1' }]);
    assert.equal(same.version, 2);
    assert.deepEqual(versions.map((v) => v.version), [2, 1]);
    assert.deepEqual(bare(await agents.retrieve(agent.id, { version: 1 })), bare(agent));
    await refused(agents.update(agent.id, { version: 1, name: 'x' }), ConflictError, 'conflict_error');
  });

  test('an agent coordinates others', async () => {
    const helper = await agents.create({ name: 'helper', model: 'reverie/local' });
    const lead = await agents.create({ name: 'lead', model: 'reverie/local', multiagent: { type: 'multiagent_20261001', subagents: { type: 'enabled', predefined_agents: [helper.id] } } });

    assert.deepEqual(lead.multiagent.subagents, { type: 'enabled', inline_agents: { type: 'enabled' }, predefined_agents: [{ type: 'agent', id: helper.id, version: 1 }] });
    assert.deepEqual(lead.multiagent.advisor, { type: 'disabled' });
  });

  test('an archived agent is hidden and only read', async () => {
    const agent = await made();
    const archived = await agents.archive(agent.id);

    assert.ok(archived.archived_at);
    assert.ok(!(await all(agents.list({ limit: 100 }))).some((a) => a.id === agent.id));
    assert.ok((await all(agents.list({ limit: 100, include_archived: true }))).some((a) => a.id === agent.id));
    await refused(agents.update(agent.id, { name: 'x' }), BadRequestError, 'invalid_request_error');
  });

  test('what is wrong is named, and what is not there is not found', async () => {
    const error = await refused(agents.create({ name: '', model: 'reverie/local', skills: [{ type: 'anthropic', skill_id: 'pdf' }] }), BadRequestError, 'invalid_request_error');
    assert.match(error.message, /name must have/);
    assert.match(error.message, /skills\[0\].type must be custom/);
    const unknown = 'agent_011CZkZAtmR3yMPDzynEDxu7';
    for (const call of [() => agents.retrieve(unknown), () => agents.update(unknown, { name: 'x' }), () => agents.archive(unknown), () => agents.versions.list(unknown)]) await refused(call(), NotFoundError, 'not_found_error');
  });
});

describe('environments', () => {
  test('an environment goes the whole way', async () => {
    const made = await environments.create({ name: 'e', config: { type: 'cloud', networking: { type: 'limited', allowed_hosts: ['example.com'] } }, metadata: { a: '1' } });
    const after = await environments.update(made.id, { description: 'd', metadata: { a: '' }, config: { type: 'cloud', networking: { type: 'limited', allow_mcp_servers: true } } });

    assert.deepEqual(bare(await environments.retrieve(made.id)), bare(after));
    assert.deepEqual(after.config.networking, { type: 'limited', allowed_hosts: ['example.com'], allow_mcp_servers: true, allow_package_managers: false });
    assert.deepEqual([after.description, after.metadata], ['d', {}]);
    assert.ok((await all(environments.list({ limit: 100 }))).some((e) => e.id === made.id));
    const change = await refused(environments.update(made.id, { config: { type: 'self_hosted' } }), BadRequestError, 'invalid_request_error');
    assert.equal(change.errorCode, 'invalid_config_type_change');
    assert.ok((await environments.archive(made.id)).archived_at);
    assert.deepEqual(bare(await environments.delete(made.id)), { id: made.id, type: 'environment_deleted' });
    await refused(environments.retrieve(made.id), NotFoundError, 'not_found_error');
  });

  test('packages behind a closed network are refused', async () => {
    const error = await refused(environments.create({ name: 'e', config: { type: 'cloud', networking: { type: 'limited' }, packages: { pip: ['ruff'] } } }), BadRequestError, 'invalid_request_error');
    assert.match(error.message, /allow_package_managers/);
  });
});

describe('files', () => {
  test('a file goes in and is described, listed and deleted', async () => {
    const made = await files.upload({ file: await toFile(Buffer.from('a,b\n'), 'data.csv', { type: 'text/csv' }), expires_in_seconds: 3600 });

    assert.deepEqual([made.filename, made.mime_type, made.size_bytes, made.downloadable], ['data.csv', 'text/csv', 4, false]);
    assert.equal(Date.parse(made.expires_at) - Date.parse(made.created_at), 3_600_000);
    assert.deepEqual(bare(await files.retrieveMetadata(made.id)), bare(made));
    assert.deepEqual((await all(files.list({ ids: [made.id, 'file_unknown'] }))).map((f) => f.id), [made.id]);
    assert.ok((await all(client.beta.files.list({ limit: 2 }))).some((f) => f.id === made.id));
    const error = await refused(files.download(made.id), BadRequestError, 'invalid_request_error');
    assert.equal(error.errorCode, 'file_not_downloadable');
    assert.deepEqual(bare(await files.delete(made.id)), { id: made.id, type: 'file_deleted' });
    await refused(files.retrieveMetadata(made.id), NotFoundError, 'not_found_error');
    await refused(files.delete(made.id), NotFoundError, 'not_found_error');
  });

  test('a file of many chunks is taken in whole', async () => {
    const made = await files.upload({ file: await toFile(Buffer.alloc(3_000_000, 7), 'big.bin') });
    assert.equal(made.size_bytes, 3_000_000);
  });

  test('a name that no file system takes is refused', async () => {
    await refused(files.upload({ file: await toFile(Buffer.from('x'), 'a:b') }), BadRequestError, 'invalid_request_error');
  });
});
