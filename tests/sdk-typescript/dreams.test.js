// REVERIE_URL and REVERIE_API_KEY name a running server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { checkedFetch } from './answers.js';

const client = new Anthropic({ baseURL: process.env.REVERIE_URL, apiKey: process.env.REVERIE_API_KEY, fetch: checkedFetch });
const { memoryStores, dreams, sessions } = client.beta;
const sample = readFileSync(new URL('../../samples/sql/sql.sessions.jsonl.gz', import.meta.url));

async function all(list) {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
}

/** What the contract has no method for. */
const beyond = async (method, path, body) => {
  const answer = await checkedFetch(`${process.env.REVERIE_URL}/v1/reverie/${path}`, { method, body, headers: { 'x-api-key': process.env.REVERIE_API_KEY } });
  return { status: answer.status, body: await answer.json() };
};

/** The dream once it has ended; asks again and again, for at most a minute. */
async function ended(id) {
  const until = Date.now() + 60_000;
  for (;;) {
    const dream = await dreams.retrieve(id);
    if (dream.ended_at) return dream;
    assert.ok(Date.now() < until, `the dream is still ${dream.status}`);
  }
}

const ask = (store, session_ids, more = {}) => dreams.create({
  inputs: [{ type: 'memory_store', memory_store_id: store }, { type: 'sessions', session_ids }], model: 'reverie/local', ...more,
});

const onto = (store) => ({ output_behavior: { type: 'update_existing', memory_store_id: store } });

const unknown = 'drm_011CZkZAtmR3yMPDzynEDxu7';

/** The id of a new session of one message. */
const imported = async (created_at) => {
  const external_id = crypto.randomUUID();
  await beyond('POST', 'sessions/import', JSON.stringify({ external_id, source: 'test', agent: 'a', created_at, events: [{ type: 'user.message', content: [{ type: 'text', text: external_id }] }] }));
  return (await beyond('GET', `sessions?source=test&external_id=${external_id}`)).body.data[0].id;
};

let ids;
before(async () => {
  await beyond('POST', 'sessions/import', sample);
  ids = (await all(sessions.list({ limit: 100 }))).filter((s) => s.agent.name !== 'dreamer').map((s) => s.id).slice(0, 100);
});

describe('sessions', () => {
  test('importing the same sessions again does nothing', async () => {
    const { status, body } = await beyond('POST', 'sessions/import', sample);

    assert.equal(status, 200);
    assert.equal(body.imported, 0);
    assert.ok(body.already_there >= ids.length);
  });

  test('a session and its events are found through the contract', async () => {
    const session = await sessions.retrieve(ids[0]);
    const events = await all(sessions.events.list(ids[0], { limit: 2 }));

    assert.equal(session.type, 'session');
    assert.equal(session.status, 'idle');
    assert.ok(events.length > 2);
    assert.ok(events.every((e) => e.id && e.processed_at));
    assert.equal(new Set(events.map((e) => e.id)).size, events.length);
  });

  test('events come the other way round and by type', async () => {
    const forth = await all(sessions.events.list(ids[0]));
    const back = await all(sessions.events.list(ids[0], { order: 'desc', limit: 3 }));
    const calls = await all(sessions.events.list(ids[0], { types: ['agent.tool_use'] }));

    assert.deepEqual(back.toReversed(), forth);
    assert.deepEqual(calls, forth.filter((e) => e.type === 'agent.tool_use'));
  });

  test('pages of sessions can be read back', async () => {
    const first = await sessions.list({ limit: 5 });
    const second = await sessions.list({ limit: 5, page: first.next_page });
    const again = await sessions.list({ limit: 5, page: second.prev_page });

    assert.equal(first.prev_page, null);
    assert.deepEqual(again.data, first.data);
  });

  test('lists are filtered by time, status and archiving, in either order', async () => {
    const first = await imported('2020-01-01T00:00:00Z'), second = await imported('2020-01-02T00:00:00Z');
    const window = { 'created_at[gte]': '2020-01-01T00:00:00Z', 'created_at[lt]': '2020-01-03T00:00:00Z', limit: 1 };
    const listed = async (more) => (await all(sessions.list({ ...window, ...more }))).map((s) => s.id).filter((id) => id === first || id === second);

    assert.deepEqual(await listed(), [second, first]);
    assert.deepEqual(await listed({ order: 'asc' }), [first, second]);
    assert.deepEqual(await listed({ 'created_at[gt]': '2020-01-01T00:00:00Z' }), [second]);
    assert.deepEqual(await listed({ 'created_at[lte]': '2020-01-01T00:00:00Z' }), [first]);
    assert.deepEqual(await listed({ statuses: ['running', 'rescheduling'] }), []);
    await sessions.archive(first);
    assert.deepEqual(await listed({ statuses: ['idle', 'terminated'] }), [second]);
    assert.deepEqual(await listed({ statuses: ['terminated'], include_archived: true }), [first]);
    assert.deepEqual(await listed({ agent_id: 'agent_none' }), []);
  });

  test('archiving ends a session, once', async () => {
    const id = await imported('2020-02-01T00:00:00Z');
    const { _request_id: a, ...once } = await sessions.archive(id);
    const { _request_id: b, ...twice } = await sessions.archive(id);

    assert.notEqual(a, b);
    assert.deepEqual(twice, once);
    assert.equal(once.status, 'terminated');
    assert.ok(once.archived_at);
    assert.deepEqual((await all(sessions.events.list(id))).map((e) => e.type), ['user.message', 'session.status_terminated']);
    assert.deepEqual(await all(await sessions.events.stream(id)), []);
  });

  test('a stream ends with the session', async () => {
    const archived = await imported('2020-03-01T00:00:00Z'), deleted = await imported('2020-03-01T00:00:00Z');
    const streams = [await sessions.events.stream(archived), await sessions.events.stream(deleted)];

    await sessions.archive(archived);
    assert.deepEqual(await sessions.delete(deleted).then(({ id, type }) => ({ id, type })), { id: deleted, type: 'session_deleted' });

    assert.deepEqual((await all(streams[0])).map((e) => e.type), ['session.status_terminated']);
    assert.deepEqual((await all(streams[1])).map((e) => e.type), ['session.deleted']);
  });

  test('what is unknown or deleted is not found', async () => {
    const gone = await imported('2020-04-01T00:00:00Z');
    await sessions.delete(gone);
    for (const id of [gone, 'sesn_011CZkZAtmR3yMPDzynEDxu7']) {
      for (const call of [() => sessions.retrieve(id), () => sessions.archive(id), () => sessions.delete(id), () => sessions.events.list(id), () => sessions.events.stream(id)]) {
        await assert.rejects(call(), (error) => error instanceof Anthropic.NotFoundError && error.type === 'not_found_error');
      }
    }
  });

  test('what breaks a rule is refused by the name of the parameter', async () => {
    const { next_page } = await sessions.list({ limit: 1 });
    for (const [name, call] of [
      ['limit', () => sessions.list({ limit: 101 })], ['order', () => sessions.list({ order: 'up' })], ['statuses', () => sessions.list({ statuses: ['done'] })],
      ['page', () => sessions.list({ page: 'nonsense' })], ['page', () => sessions.list({ page: next_page, order: 'asc' })], ['created_at', () => sessions.list({ 'created_at[gt]': 'now' })],
      ['limit', () => sessions.events.list(ids[0], { limit: 1001 })], ['order', () => sessions.events.list(ids[0], { order: 'up' })],
    ]) {
      await assert.rejects(call(), (error) => error instanceof Anthropic.BadRequestError && error.error.error.message.startsWith(name));
    }
  });

  test('a key opens no other workspace and a wrong key nothing', async () => {
    const stranger = new Anthropic({ baseURL: process.env.REVERIE_URL, apiKey: 'sk-wrong', fetch: checkedFetch, maxRetries: 0 }).beta;
    for (const call of [(c, p) => c.sessions.list(p), (c, p) => c.sessions.retrieve(ids[0], p), (c, p) => c.sessions.archive(ids[0], p), (c, p) => c.sessions.delete(ids[0], p),
      (c, p) => c.dreams.list(p), (c, p) => c.dreams.retrieve(unknown, p), (c, p) => c.dreams.cancel(unknown, p), (c, p) => c.dreams.archive(unknown, p)]) {
      await assert.rejects(call(client.beta, { workspace_id: 'wrkspc_other' }), Anthropic.PermissionDeniedError);
      await assert.rejects(call(stranger), Anthropic.AuthenticationError);
    }
  });
});

describe('dreams', () => {
  test('a dream writes to a copy and leaves the store as it was', async () => {
    const store = await memoryStores.create({ name: 'notes' });
    await memoryStores.memories.create(store.id, { path: '/team.md', content: '- Speak plainly\n' });

    const asked = await ask(store.id, ids);
    const dream = await ended(asked.id);

    assert.equal(asked.status, 'pending');
    assert.deepEqual(asked.outputs, []);
    assert.equal(dream.status, 'completed');
    assert.deepEqual(dream.inputs[1].session_ids, ids.toSorted());
    assert.equal(dream.outputs.length, 1);
    assert.notEqual(dream.outputs[0].memory_store_id, store.id);
    assert.deepEqual((await all(memoryStores.memories.list(store.id))).map((m) => m.path), ['/team.md']);
    const copy = await all(memoryStores.memories.list(dream.outputs[0].memory_store_id, { view: 'full' }));
    assert.ok(copy.length > 1);
    assert.equal(copy.find((m) => m.path === '/team.md').content, '- Speak plainly\n');
  });

  test('the session of a dream shows what it read and wrote', async () => {
    const store = await memoryStores.create({ name: 'notes' });
    const dream = await ended((await ask(store.id, ids, onto(store.id))).id);
    const events = await all(sessions.events.list(dream.session_id));
    const versions = await all(memoryStores.memoryVersions.list(store.id, { session_id: dream.session_id }));

    const written = events.filter((e) => e.type === 'agent.tool_use' && e.name === 'memory_write');
    assert.equal(written.length, versions.length);
    assert.ok(written.length > 0);
    assert.deepEqual(events.slice(-2).map((e) => e.type), ['session.status_idle', 'session.status_terminated']);
    assert.ok((await sessions.retrieve(dream.session_id)).archived_at);
  });

  test('a store that a dream is to update is held', async () => {
    const store = await memoryStores.create({ name: 'notes' });
    const first = await ask(store.id, ids, onto(store.id));

    const second = ask(store.id, ids.slice(0, 1), onto(store.id));

    // On a fast machine the first may have ended; then there is nothing to hold.
    const outcome = await second.then(() => 'let in', (error) => error);
    if (outcome === 'let in') assert.ok((await dreams.retrieve(first.id)).ended_at);
    else {
      assert.ok(outcome instanceof Anthropic.ConflictError);
      assert.match(outcome.message, new RegExp(first.id));
      assert.equal(outcome.headers.get('x-should-retry'), 'false');
    }
    await ended(first.id);
  });

  test('verdicts are carried out one by one, and a whole dream is taken back', async () => {
    const store = await memoryStores.create({ name: 'notes' });
    const { body: asked } = await beyond('POST', 'dreams', JSON.stringify({
      inputs: [{ type: 'memory_store', memory_store_id: store.id }, { type: 'sessions', session_ids: ids }], model: 'reverie/local', mode: 'review', ...onto(store.id),
    }));
    await ended(asked.id);
    const { body: report } = await beyond('GET', `dreams/${asked.id}/report`);
    assert.ok(report.changes.length > 1);
    assert.ok(report.changes.every((c) => c.status === 'proposed'));
    assert.deepEqual(await all(memoryStores.memories.list(store.id)), []);
    const creations = report.changes.filter((c) => c.op === 'create');

    const { body: decided } = await beyond('POST', `dreams/${asked.id}/verdicts`, JSON.stringify({
      verdicts: [{ change_id: creations[0].id, verdict: 'approve', inserts: ['- In our words\n'], comment: 'shorter' }, { change_id: creations[1].id, verdict: 'reject' }],
    }));
    const { status: twice } = await beyond('POST', `dreams/${asked.id}/verdicts`, JSON.stringify({ verdicts: [{ change_id: creations[0].id, verdict: 'reject' }] }));

    assert.deepEqual(decided.data.map((v) => v.result), ['applied', 'rejected']);
    assert.equal(decided.data[0].author.type, 'api_actor');
    assert.equal(twice, 400);
    assert.deepEqual((await all(memoryStores.memories.list(store.id, { view: 'full' }))).map((m) => m.content), ['- In our words\n']);

    const { body: undone } = await beyond('POST', `dreams/${asked.id}/undo`, '{}');
    const { body: recorded } = await beyond('GET', `dreams/${asked.id}/verdicts`);

    // What nobody had decided on is withdrawn with it.
    const open = report.changes.length - 2;
    assert.deepEqual(undone.data.map((v) => v.result), ['undone', ...Array(open).fill('rejected')]);
    assert.deepEqual(await all(memoryStores.memories.list(store.id)), []);
    assert.deepEqual(recorded.data.map((v) => v.verdict), ['approve', 'reject', 'undo', ...Array(open).fill('undo')]);
  });

  test('a canceled dream can be archived and is hidden then', async () => {
    const store = await memoryStores.create({ name: 'notes' });
    const busy = await ask(store.id, ids);
    const dream = await ask(store.id, ids);

    const canceled = await dreams.cancel(dream.id);
    const archived = await dreams.archive(dream.id);

    assert.equal(canceled.status, 'canceled');
    assert.ok(archived.archived_at);
    assert.equal((await dreams.cancel(dream.id)).status, 'canceled');
    assert.ok(!(await all(dreams.list({ statuses: ['canceled'] }))).some((d) => d.id === dream.id));
    assert.ok((await all(dreams.list({ statuses: ['canceled'], include_archived: true }))).some((d) => d.id === dream.id));
    await ended(busy.id);
    await assert.rejects(dreams.cancel(busy.id), Anthropic.BadRequestError);
  });

  test('what cannot be dreamt is refused by the name of its field', async () => {
    const store = await memoryStores.create({ name: 'notes' });
    const input = { type: 'memory_store', memory_store_id: store.id };
    for (const [more, field] of [
      [{ model: 'reverie/scripted' }, /model/], [{ model: 'nobody-knows-it' }, /model/], [{ instructions: '' }, /instructions/], [{ instructions: 'x'.repeat(4097) }, /instructions/],
      [{ inputs: [input] }, /inputs/], [{ inputs: [input, { type: 'sessions', session_ids: [] }] }, /session_ids/],
      [{ inputs: [input, { type: 'sessions', session_ids: [ids[0], ids[0]] }] }, /twice/],
      [{ inputs: [input, { type: 'sessions', session_ids: Array(101).fill(ids[0]) }] }, /1 to 100/],
      [{ output_behavior: { type: 'update_existing', memory_store_id: 'memstore_011CZkZAtmR3yMPDzynEDxu7' } }, /store in inputs/],
    ]) {
      await assert.rejects(ask(store.id, ids.slice(0, 1), more), (error) => error instanceof Anthropic.BadRequestError && field.test(error.message));
    }
    for (const call of [() => dreams.retrieve(unknown), () => dreams.cancel(unknown), () => dreams.archive(unknown)]) {
      await assert.rejects(call(), (error) => error instanceof Anthropic.NotFoundError && error.type === 'not_found_error');
    }
    for (const more of [{ limit: 0 }, { limit: 101 }, { page: 'nonsense' }, { statuses: ['cancelled'] }, { 'created_at[gt]': 'now' }]) {
      await assert.rejects(dreams.list(more), Anthropic.BadRequestError);
    }
  });

  test('lists are newest first, filtered and paged; archived dreams are still found', async () => {
    const store = await memoryStores.create({ name: 'notes' });
    const made = [];
    for (let i = 0; i < 3; i++) made.unshift(await ended((await ask(store.id, ids.slice(0, 1))).id));
    const [last, middle, first] = made.map((d) => d.id);
    const window = { 'created_at[gt]': new Date(Date.parse(made[2].created_at) - 1).toISOString(), limit: 1 };

    assert.deepEqual((await all(dreams.list(window))).map((d) => d.id), [last, middle, first]);
    await dreams.archive(middle);
    await dreams.archive(middle);
    assert.deepEqual((await all(dreams.list({ ...window, statuses: ['completed'] }))).map((d) => d.id), [last, first]);
    assert.deepEqual((await all(dreams.list({ ...window, include_archived: true, 'created_at[lt]': made[0].created_at }))).map((d) => d.id), [middle, first]);
    assert.deepEqual(await all(dreams.list({ ...window, statuses: ['failed', 'running'] })), []);
    assert.ok((await dreams.retrieve(middle)).archived_at);
  });

  test('the session of a dream can be followed to its end', async () => {
    const store = await memoryStores.create({ name: 'notes' });
    // The first one keeps the loop busy while the second waits.
    const before = await ask(store.id, ids);
    let dream = await ask(store.id, ids, onto(store.id));
    while (!dream.session_id) dream = await dreams.retrieve(dream.id);

    const streamed = await all(await sessions.events.stream(dream.session_id));
    const logged = await all(sessions.events.list(dream.session_id));

    assert.deepEqual(streamed, logged.slice(logged.length - streamed.length));
    assert.equal(logged.at(-1).type, 'session.status_terminated');
    await ended(before.id);
  });

  test('a session that is deleted before it is read fails the dream with its name', async () => {
    const doomed = await imported('2026-01-01T00:00:00Z');
    const store = await memoryStores.create({ name: 'notes' });
    // Those before it keep the loop busy until the session is gone.
    const before = await ask(store.id, ids);
    const dream = await ask(store.id, [doomed]);
    await sessions.delete(doomed);

    const end = await ended(dream.id);

    await ended(before.id);
    if (end.status === 'failed') assert.equal(end.error.type, 'input_session_unavailable');
    else assert.equal(end.status, 'completed');
  });
});
