// REVERIE_URL and REVERIE_API_KEY name a running server.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { checkedFetch } from './answers.js';

const client = new Anthropic({ baseURL: process.env.REVERIE_URL, apiKey: process.env.REVERIE_API_KEY, fetch: checkedFetch });
const { memoryStores } = client.beta;
const { memories, memoryVersions } = memoryStores;
const unknown = { store: 'memstore_011CZkZAtmR3yMPDzynEDxu7', memory: 'mem_011CZkZAtmR3yMPDzynEDxu7', version: 'memver_011CZkZAtmR3yMPDzynEDxu7' };

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

async function all(list) {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
}

/** The error of a refused call, which must be of this class and type. */
async function refused(call, errorClass, type) {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof errorClass, `${error}`);
    assert.equal(error.type, type);
    assert.match(error.requestID, /^req_/);
    assert.equal(error.error.request_id, error.requestID);
    return error;
  }
  return assert.fail('it was not refused');
}

let store;
beforeEach(async () => {
  store = (await memoryStores.create({ name: 'store' })).id;
});

describe('memory stores', () => {
  test('a store is returned as it was made', async () => {
    const made = await memoryStores.create({ name: 'Größe', description: 'what for', metadata: { team: 'ops' } });
    const { _request_id: a, ...first } = made;
    const { _request_id: b, ...read } = await memoryStores.retrieve(made.id);

    assert.deepEqual(read, first);
    assert.match(a, /^req_/);
    assert.notEqual(a, b);
    assert.match(made.id, /^memstore_/);
    assert.equal(made.type, 'memory_store');
    assert.equal(made.archived_at, null);
    assert.deepEqual(made.metadata, { team: 'ops' });
    assert.ok(Math.abs(Date.parse(made.created_at) - Date.now()) < 60_000);
  });

  test('an update merges metadata and keeps the rest', async () => {
    const made = await memoryStores.create({ name: 'a', description: 'd', metadata: { keep: '1', drop: '2' } });
    const after = await memoryStores.update(made.id, { name: 'b', metadata: { drop: null, add: '3' } });

    assert.deepEqual([after.name, after.description], ['b', 'd']);
    assert.deepEqual(after.metadata, { keep: '1', add: '3' });
  });

  test('lists are followed over all pages, newest first', async () => {
    const since = (await memoryStores.create({ name: 'first' })).created_at;
    for (let i = 0; i < 6; i++) await memoryStores.create({ name: `s${i}` });

    const names = (await all(memoryStores.list({ limit: 2, 'created_at[gte]': since }))).map((s) => s.name);

    assert.deepEqual(names, ['s5', 's4', 's3', 's2', 's1', 's0', 'first']);
  });

  test('archiving is one-way, hides from lists and stops writes', async () => {
    const first = await memoryStores.archive(store);
    const second = await memoryStores.archive(store);

    assert.equal(second.archived_at, first.archived_at);
    assert.ok(!(await all(memoryStores.list())).some((s) => s.id === store));
    assert.ok((await all(memoryStores.list({ include_archived: true, limit: 100 }))).some((s) => s.id === store));
    await refused(memories.create(store, { path: '/a', content: '' }), Anthropic.BadRequestError, 'invalid_request_error');
    await refused(memoryStores.update(store, { name: 'b' }), Anthropic.BadRequestError, 'invalid_request_error');
  });

  test('a deleted store is gone', async () => {
    assert.deepEqual(await memoryStores.delete(store).then(({ id, type }) => ({ id, type })), { id: store, type: 'memory_store_deleted' });
    await refused(memoryStores.retrieve(store), Anthropic.NotFoundError, 'not_found_error');
    await refused(memories.list(store), Anthropic.NotFoundError, 'not_found_error');
  });

  test('null and what is not named keep what was there, an empty description clears it', async () => {
    const made = await memoryStores.create({ name: 'a', description: 'd', metadata: { keep: '1' } });
    const same = await memoryStores.update(made.id, { name: null, description: null });
    const cleared = await memoryStores.update(made.id, { description: '' });

    assert.deepEqual([same.name, same.description, same.metadata], ['a', 'd', { keep: '1' }]);
    assert.equal(cleared.description, '');
  });

  test('lists are bounded by time', async () => {
    const first = await memoryStores.create({ name: 'first' });
    const last = await memoryStores.create({ name: 'last' });

    const until = await all(memoryStores.list({ 'created_at[gte]': first.created_at, 'created_at[lte]': first.created_at }));
    const both = await all(memoryStores.list({ 'created_at[gte]': first.created_at, 'created_at[lte]': last.created_at }));

    assert.deepEqual(until.map((s) => s.id), [first.id]);
    assert.deepEqual(both.map((s) => s.id), [last.id, first.id]);
  });

  test('an archived store can be read, and its memories deleted', async () => {
    const kept = await memories.create(store, { path: '/a', content: '1' });
    const doomed = await memories.create(store, { path: '/b', content: '2' });
    await memoryStores.archive(store);

    await memories.delete(doomed.id, { memory_store_id: store });
    assert.ok((await memoryStores.retrieve(store)).archived_at);
    assert.deepEqual((await all(memories.list(store))).map((m) => m.id), [kept.id]);
    assert.equal((await all(memoryVersions.list(store))).length, 3);
    await refused(memories.update(kept.id, { memory_store_id: store, content: '3' }), Anthropic.BadRequestError, 'invalid_request_error');
  });

  test('what breaks a rule is refused by the name of the field', async () => {
    for (const [field, more] of [
      ['name', { name: '' }], ['name', { name: 'x'.repeat(256) }], ['name', { name: 'a\nb' }], ['name', { name: 1 }], ['name', { name: null }],
      ['description', { description: 'x'.repeat(1025) }], ['metadata', { metadata: [] }], ['metadata', { metadata: { a: 1 } }], ['metadata', { metadata: { a: 'x'.repeat(513) } }],
      ['metadata', { metadata: { ['k'.repeat(65)]: '' } }], ['metadata', { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, ''])) }], ['"colour" is not a field', { colour: 'red' }],
    ]) {
      const made = await refused(memoryStores.create({ name: 'a', ...more }), Anthropic.BadRequestError, 'invalid_request_error');
      assert.ok(made.error.error.message.startsWith(field), made.message);
      if (more.name !== null) await refused(memoryStores.update(store, more), Anthropic.BadRequestError, 'invalid_request_error');
    }
    await refused(memoryStores.list({ limit: 0 }), Anthropic.BadRequestError, 'invalid_request_error');
    await refused(memoryStores.list({ limit: 101 }), Anthropic.BadRequestError, 'invalid_request_error');
    await refused(memoryStores.list({ page: 'nonsense' }), Anthropic.BadRequestError, 'invalid_request_error');
    await refused(memoryStores.list({ 'created_at[gte]': 'yesterday' }), Anthropic.BadRequestError, 'invalid_request_error');
  });
});

describe('memories', () => {
  test('a memory is returned as it was written', async () => {
    const text = 'Grüße 😀\n\t"quoted" \\ \u2028 \u0001';
    const made = await memories.create(store, { path: '/notes/größe.md', content: text });
    const read = await memories.retrieve(made.id, { memory_store_id: store });

    assert.equal(made.content, null);
    assert.equal(read.content, text);
    assert.equal(read.type, 'memory');
    assert.equal(read.memory_store_id, store);
    assert.equal(read.content_sha256, sha256(text));
    assert.equal(read.content_size_bytes, Buffer.byteLength(text));
  });

  test('views decide whether the text comes along', async () => {
    const made = await memories.create(store, { path: '/a', content: '1', view: 'full' });

    assert.equal(made.content, '1');
    assert.equal((await memories.update(made.id, { memory_store_id: store, content: '2', view: 'full' })).content, '2');
    assert.equal((await memories.retrieve(made.id, { memory_store_id: store, view: 'basic' })).content, null);
    assert.deepEqual((await all(memories.list(store, { view: 'full' }))).map((m) => m.content), ['2']);
  });

  test('update, rename and no-op', async () => {
    const made = await memories.create(store, { path: '/a', content: '1' });
    const same = await memories.update(made.id, { memory_store_id: store, content: '1', path: '/a' });
    const moved = await memories.update(made.id, { memory_store_id: store, content: '2', path: '/b/c' });

    assert.equal(same.memory_version_id, made.memory_version_id);
    assert.notEqual(moved.memory_version_id, made.memory_version_id);
    assert.deepEqual([moved.id, moved.path, moved.content_sha256], [made.id, '/b/c', sha256('2')]);
  });

  test('a stale precondition changes nothing', async () => {
    const made = await memories.create(store, { path: '/a', content: '1' });
    const stale = { type: 'content_sha256', content_sha256: sha256('0') };

    await refused(memories.update(made.id, { memory_store_id: store, content: '2', precondition: stale }), Anthropic.ConflictError, 'memory_precondition_failed_error');
    await refused(memories.delete(made.id, { memory_store_id: store, expected_content_sha256: sha256('0') }), Anthropic.ConflictError, 'memory_precondition_failed_error');
    await memories.update(made.id, { memory_store_id: store, content: '2', precondition: { ...stale, content_sha256: made.content_sha256 } });
    assert.equal((await memories.retrieve(made.id, { memory_store_id: store })).content, '2');
  });

  for (const [present, wanted] of [['/a', '/a'], ['/a', '/a/b'], ['/a/b', '/a']]) {
    test(`${wanted} is refused beside ${present}, and what is in the way is named`, async () => {
      const made = await memories.create(store, { path: present, content: '' });
      const { error } = await refused(memories.create(store, { path: wanted, content: '' }), Anthropic.ConflictError, 'memory_path_conflict_error');

      assert.deepEqual([error.error.conflicting_memory_id, error.error.conflicting_path], [made.id, present]);
    });
  }

  test('a rename is refused where another memory is, and changes nothing', async () => {
    const there = await memories.create(store, { path: '/a/b', content: '' });
    const made = await memories.create(store, { path: '/c', content: '' });
    const { error } = await refused(memories.update(made.id, { memory_store_id: store, path: '/a' }), Anthropic.ConflictError, 'memory_path_conflict_error');

    assert.deepEqual([error.error.conflicting_memory_id, error.error.conflicting_path], [there.id, '/a/b']);
    assert.equal((await memories.retrieve(made.id, { memory_store_id: store })).path, '/c');
  });

  test('null keeps what was there', async () => {
    const made = await memories.create(store, { path: '/a', content: '1' });
    const same = await memories.update(made.id, { memory_store_id: store, content: null, path: null });

    assert.deepEqual([same.path, same.content_sha256, same.memory_version_id], [made.path, made.content_sha256, made.memory_version_id]);
  });

  test('a permanent conflict is not tried again', async () => {
    let requests = 0;
    const counting = client.withOptions({ fetch: (...args) => (requests++, checkedFetch(...args)) });
    await memories.create(store, { path: '/a', content: '' });

    await refused(counting.beta.memoryStores.memories.create(store, { path: '/a', content: '' }), Anthropic.ConflictError, 'memory_path_conflict_error');
    assert.equal(requests, 1);
  });

  test('a deleted memory is gone', async () => {
    const made = await memories.create(store, { path: '/a', content: '1' });
    const { id, type } = await memories.delete(made.id, { memory_store_id: store, expected_content_sha256: made.content_sha256 });

    assert.deepEqual({ id, type }, { id: made.id, type: 'memory_deleted' });
    await refused(memories.retrieve(made.id, { memory_store_id: store }), Anthropic.NotFoundError, 'not_found_error');
    await refused(memories.delete(made.id, { memory_store_id: store }), Anthropic.NotFoundError, 'not_found_error');
  });

  test('lists are followed over all pages, whole and by level', async () => {
    for (let i = 10; i < 45; i++) await memories.create(store, { path: `/${i % 3}/${i}`, content: `${i}` });
    await memories.create(store, { path: '/3', content: 'top' });

    const whole = await all(memories.list(store, { view: 'full', limit: 20 }));
    const level = await all(memories.list(store, { depth: 1, limit: 2 }));
    const below = await all(memories.list(store, { path_prefix: '/1/', limit: 5 }));

    assert.equal(whole.length, 36);
    assert.deepEqual(whole.map((m) => m.path), whole.map((m) => m.path).sort());
    assert.ok(whole.every((m) => m.path === '/3' || m.content === m.path.split('/')[2]));
    assert.deepEqual(level.map((m) => [m.type, m.path]), [['memory_prefix', '/0/'], ['memory_prefix', '/1/'], ['memory_prefix', '/2/'], ['memory', '/3']]);
    assert.deepEqual(below.map((m) => m.path), whole.map((m) => m.path).filter((p) => p.startsWith('/1/')));
  });

  test('what breaks a rule is refused by the name of the field', async () => {
    for (const path of ['a', '/', '/a/', '/a/../b', '/e\u0301', '/a\u0000', `/${'a'.repeat(1024)}`]) {
      const error = await refused(memories.create(store, { path, content: '' }), Anthropic.BadRequestError, 'invalid_request_error');
      assert.match(error.error.error.message, /^path /);
    }
    await refused(memories.create(store, { path: '/a', content: 'x'.repeat(102_401) }), Anthropic.BadRequestError, 'invalid_request_error');
    await refused(memories.list(store, { depth: 2 }), Anthropic.BadRequestError, 'invalid_request_error');
    await refused(memories.list(store, { path_prefix: '/a' }), Anthropic.BadRequestError, 'invalid_request_error');
    await refused(memories.list(store, { view: 'full', limit: 21 }), Anthropic.BadRequestError, 'invalid_request_error');
    await refused(memories.list(store, { view: 'whole' }), Anthropic.BadRequestError, 'invalid_request_error');
    await refused(memories.list(store, { page: 'nonsense' }), Anthropic.BadRequestError, 'invalid_request_error');

    const made = await memories.create(store, { path: '/a', content: '' });
    for (const more of [{ path: 'b' }, { content: 1 }, { precondition: {} }, { precondition: { type: 'content_sha256', content_sha256: 'abc' } }, { precondition: { type: 'etag', content_sha256: sha256('') } }]) {
      await refused(memories.update(made.id, { memory_store_id: store, ...more }), Anthropic.BadRequestError, 'invalid_request_error');
    }
    await refused(memories.delete(made.id, { memory_store_id: store, expected_content_sha256: 'abc' }), Anthropic.BadRequestError, 'invalid_request_error');
    await refused(memories.retrieve(made.id, { memory_store_id: store, view: 'whole' }), Anthropic.BadRequestError, 'invalid_request_error');
  });

  test('a body that is too large is refused as such', async () => {
    await refused(memories.create(store, { path: '/a', content: 'x'.repeat(5_000_000) }), Anthropic.ContentTooLargeError, 'request_too_large');
  });
});

describe('memory versions', () => {
  test('every change is a version, newest first, with its writer', async () => {
    const made = await memories.create(store, { path: '/a', content: '1' });
    await memories.update(made.id, { memory_store_id: store, content: '2' });
    await memories.delete(made.id, { memory_store_id: store });

    const versions = await all(memoryVersions.list(store, { view: 'full', limit: 2 }));

    assert.deepEqual(versions.map((v) => [v.operation, v.path, v.content]), [['deleted', '/a', null], ['modified', '/a', '2'], ['created', '/a', '1']]);
    assert.ok(versions.every((v) => v.type === 'memory_version' && v.memory_id === made.id && v.created_by.type === 'api_actor' && /^apikey_/.test(v.created_by.api_key_id)));
    assert.deepEqual((await all(memoryVersions.list(store, { operation: 'created', memory_id: made.id }))).map((v) => v.id), [made.memory_version_id]);
    assert.equal((await all(memoryVersions.list(store, { api_key_id: versions[0].created_by.api_key_id }))).length, 3);
    assert.equal((await all(memoryVersions.list(store, { session_id: 'sesn_none' }))).length, 0);
  });

  test('a version is redacted, but not the current one', async () => {
    const made = await memories.create(store, { path: '/a', content: 'secret' });
    await refused(memoryVersions.redact(made.memory_version_id, { memory_store_id: store }), Anthropic.BadRequestError, 'invalid_request_error');
    await memories.update(made.id, { memory_store_id: store, content: 'clean' });

    await memoryVersions.redact(made.memory_version_id, { memory_store_id: store });
    const read = await memoryVersions.retrieve(made.memory_version_id, { memory_store_id: store });

    assert.deepEqual([read.content, read.path, read.content_sha256, read.content_size_bytes], [null, null, null, null]);
    assert.equal(read.redacted_by.type, 'api_actor');
    assert.ok(Date.parse(read.redacted_at) >= Date.parse(read.created_at));
  });
});

describe('lists of versions', () => {
  test('versions are found by time, memory and operation, and a view decides on their texts', async () => {
    const a = await memories.create(store, { path: '/a', content: '1' });
    const b = await memories.create(store, { path: '/b', content: '2' });
    await memories.update(a.id, { memory_store_id: store, path: '/c' });
    const [renamed, , first] = await all(memoryVersions.list(store));

    assert.deepEqual((await all(memoryVersions.list(store, { 'created_at[lte]': first.created_at }))).map((v) => v.id), [a.memory_version_id]);
    assert.deepEqual((await all(memoryVersions.list(store, { 'created_at[gte]': renamed.created_at }))).map((v) => v.path), ['/c']);
    assert.deepEqual((await all(memoryVersions.list(store, { memory_id: b.id }))).map((v) => v.id), [b.memory_version_id]);
    assert.deepEqual((await all(memoryVersions.list(store, { operation: 'modified' }))).map((v) => v.id), [renamed.id]);
    assert.equal((await memoryVersions.retrieve(first.id, { memory_store_id: store, view: 'basic' })).content, null);
    assert.equal((await memoryVersions.retrieve(first.id, { memory_store_id: store })).content, '1');
    assert.equal((await all(memoryVersions.list(store, { service_account_id: 'svac_none' }))).length, 0);
  });

  test('redacting twice changes nothing more', async () => {
    const made = await memories.create(store, { path: '/a', content: 'secret' });
    await memories.delete(made.id, { memory_store_id: store });
    const { _request_id: one, ...once } = await memoryVersions.redact(made.memory_version_id, { memory_store_id: store });
    const { _request_id: two, ...twice } = await memoryVersions.redact(made.memory_version_id, { memory_store_id: store });

    assert.notEqual(one, two);
    assert.deepEqual(twice, once);
  });

  test('what breaks a rule is refused', async () => {
    for (const more of [{ operation: 'renamed' }, { memory_id: 'x' }, { view: 'full', limit: 21 }, { limit: 101 }, { page: 'nonsense' }, { 'created_at[gte]': 'now' }]) {
      await refused(memoryVersions.list(store, more), Anthropic.BadRequestError, 'invalid_request_error');
    }
  });
});

describe('the edge', () => {
  /** Every method, with a client, a store, a memory and a version. */
  const methods = {
    'memoryStores.retrieve': (c, { store }, more) => c.retrieve(store, more),
    'memoryStores.update': (c, { store }, more) => c.update(store, { name: 'b', ...more }),
    'memoryStores.archive': (c, { store }, more) => c.archive(store, more),
    'memoryStores.delete': (c, { store }, more) => c.delete(store, more),
    'memories.create': (c, { store }, more) => c.memories.create(store, { path: '/a', content: '', ...more }),
    'memories.retrieve': (c, { store, memory }, more) => c.memories.retrieve(memory, { memory_store_id: store, ...more }),
    'memories.update': (c, { store, memory }, more) => c.memories.update(memory, { memory_store_id: store, content: '', ...more }),
    'memories.list': (c, { store }, more) => c.memories.list(store, more),
    'memories.delete': (c, { store, memory }, more) => c.memories.delete(memory, { memory_store_id: store, ...more }),
    'memoryVersions.retrieve': (c, { store, version }, more) => c.memoryVersions.retrieve(version, { memory_store_id: store, ...more }),
    'memoryVersions.list': (c, { store }, more) => c.memoryVersions.list(store, more),
    'memoryVersions.redact': (c, { store, version }, more) => c.memoryVersions.redact(version, { memory_store_id: store, ...more }),
  };
  const stranger = new Anthropic({ baseURL: process.env.REVERIE_URL, apiKey: 'sk-wrong', fetch: checkedFetch, maxRetries: 0 });

  for (const [name, call] of Object.entries(methods)) {
    test(`${name}: what is unknown is not found, a key opens no other workspace and a wrong key nothing`, async () => {
      await refused(call(memoryStores, unknown), Anthropic.NotFoundError, 'not_found_error');
      if (!name.startsWith('memoryStores') && !/create|list/.test(name)) await refused(call(memoryStores, { ...unknown, store }), Anthropic.NotFoundError, 'not_found_error');
      await refused(call(memoryStores, unknown, { workspace_id: 'wrkspc_other' }), Anthropic.PermissionDeniedError, 'permission_error');
      await refused(call(stranger.beta.memoryStores, unknown), Anthropic.AuthenticationError, 'authentication_error');
    });
  }

  test('a key names its own workspace', async () => {
    await memoryStores.list({ workspace_id: 'wrkspc_default' });
    await refused(memoryStores.list({ workspace_id: 'wrkspc_other' }), Anthropic.PermissionDeniedError, 'permission_error');
    await refused(memoryStores.create({ name: 'a', workspace_id: 'wrkspc_other' }), Anthropic.PermissionDeniedError, 'permission_error');
  });

  test('both beta values together are refused', async () => {
    await refused(memoryStores.list({ betas: ['managed-agents-2026-04-01'] }), Anthropic.BadRequestError, 'invalid_request_error');
  });

  test('the header of older clients carries the key, and their beta value is accepted', async () => {
    const headers = { 'x-api-key': process.env.REVERIE_API_KEY, 'anthropic-version': '2023-06-01', 'anthropic-beta': 'managed-agents-2026-04-01' };
    const response = await fetch(`${process.env.REVERIE_URL}/v1/memory_stores/${store}?beta=true`, { headers });

    assert.equal(response.status, 200);
    assert.match(response.headers.get('request-id'), /^req_/);
  });
});
