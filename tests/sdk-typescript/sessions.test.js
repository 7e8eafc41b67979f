import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { APIError, BadRequestError, ConflictError, NotFoundError, toFile } from '@anthropic-ai/sdk';
import { accumulateManagedAgentsEvent } from '@anthropic-ai/sdk/lib/sessions/accumulate';
import { agents, all, bare, client, environment, environments, files, memoryStores, models, only, refused, say, scripted, sessions, taken, text, turn, types, untilIdle } from './support.js';
import { misfits, recordedEvents } from './shapes.js';

const unknown = 'sesn_011CZkZAtmR3yMPDzynEDxu7';
const toolset = (permission) => [{ type: 'agent_toolset_20260401', default_config: { permission_policy: { type: permission } } }];
const custom = [{ type: 'custom', name: 'weather', description: 'The weather.', input_schema: { type: 'object', properties: { city: { type: 'string' } } } }];
const cents = (amount) => ({ type: 'limit', max_list_cost: { amount, currency: 'USD' } });
const lastIdle = (events) => events.at(-1).stop_reason;

describe('sessions', () => {
  test('each way of naming an agent starts a session of it', async () => {
    const agent = await agents.create({ name: 'first', model: 'reverie/local', system: 'One.', tools: toolset('always_ask'), metadata: { a: '1' } });
    await agents.update(agent.id, { name: 'second' });
    const start = async (named) => (await sessions.create({ agent: named, environment_id: await environment() })).agent;

    assert.deepEqual(await start(agent.id).then((a) => [a.id, a.version, a.name]), [agent.id, 2, 'second']);
    assert.equal((await start({ type: 'agent', id: agent.id })).version, 2);
    assert.equal((await start({ type: 'agent', id: agent.id, version: 1 })).name, 'first');
    const other = await start({ type: 'agent_with_overrides', id: agent.id, version: 1, model: 'reverie/scripted', system: '{"answers":[{"say":"hi"}]}', tools: [], mcp_servers: [], skills: [] });
    assert.deepEqual([other.version, other.name, other.model.id, other.tools], [1, 'first', 'reverie/scripted', []]);
    const cleared = await start({ type: 'agent_with_overrides', id: agent.id, system: null });
    assert.deepEqual([cleared.system, cleared.tools.length], [null, 1]);
  });

  test('a session is returned as it was made', async () => {
    const session = await scripted([{ say: 'hi' }], { title: 'T', metadata: { team: 'ops' }, budget: cents('2500') });

    assert.deepEqual([session.status, session.title, session.metadata, session.vault_ids, session.resources, session.budget, session.archived_at], ['idle', 'T', { team: 'ops' }, [], [], cents('2500'), null]);
    const again = await sessions.retrieve(session.id);
    assert.deepEqual({ ...bare(again), stats: null, usage: null }, { ...bare(session), stats: null, usage: null });
    assert.equal(bare(session).agent.metadata, undefined);
  });

  test('agents that it may ask are expanded in its snapshot', async () => {
    const helper = await agents.create({ name: 'helper', model: 'reverie/local', system: 'Help.' });
    const lead = await agents.create({ name: 'lead', model: 'reverie/local', multiagent: { type: 'multiagent_20261001', subagents: { type: 'enabled', predefined_agents: [helper.id] } } });
    const chief = await agents.create({ name: 'chief', model: 'reverie/local', multiagent: { type: 'coordinator', agents: [helper.id, { type: 'self' }] } });
    const start = async (agent) => (await sessions.create({ agent: agent.id, environment_id: await environment() })).agent.multiagent;

    assert.equal((await start(lead)).subagents.predefined_agents[0].system, 'Help.');
    assert.deepEqual((await start(chief)).agents.map((a) => a.name), ['helper', 'chief']);
  });

  test('an update changes what it names and says so in the log', async () => {
    const session = await scripted([{ say: 'hi' }], { title: 'T', metadata: { a: '1', b: '2' }, budget: cents('100') });

    const after = await sessions.update(session.id, { title: null, metadata: { a: null, c: '3' }, agent: { tools: custom }, budget: cents('200') });
    await sessions.update(session.id, {});
    await sessions.update(session.id, { budget: null });

    assert.deepEqual([after.title, after.metadata, after.agent.tools[0].name, after.budget], [null, { b: '2', c: '3' }, 'weather', cents('200')]);
    const [first, second, ...none] = only(await all(sessions.events.list(session.id)), 'session.updated');
    assert.deepEqual([first.title, first.metadata, first.agent.tools[0].name, first.budget], [null, { b: '2', c: '3' }, 'weather', cents('200')]);
    assert.deepEqual([Object.keys(second).toSorted(), second.budget, none], [['budget', 'id', 'processed_at', 'type'], null, []]);
    assert.equal((await refused(sessions.update(session.id, { budget: cents('300') }), BadRequestError)).errorCode, 'budget_create_only');
  });

  test('lists are filtered, and paged both ways', async () => {
    const agent = await agents.create({ name: 'paged', model: 'reverie/local' });
    const store = await memoryStores.create({ name: 'notes' });
    const made = [];
    for (let i = 0; i < 5; i++) made.push((await sessions.create({ agent: agent.id, environment_id: await environment(), resources: i === 2 ? [{ type: 'memory_store', memory_store_id: store.id }] : [] })).id);
    await agents.update(agent.id, { name: 'newer' });
    const newest = (await sessions.create({ agent: agent.id, environment_id: await environment() })).id;
    const listed = async (params) => (await all(sessions.list({ agent_id: agent.id, limit: 2, ...params }))).map((s) => s.id);

    assert.deepEqual(await listed({ agent_version: 1 }), made.toReversed());
    assert.deepEqual(await listed({ agent_version: 2 }), [newest]);
    assert.deepEqual(await listed({ order: 'asc', agent_version: 1 }), made);
    assert.deepEqual(await listed({ memory_store_id: store.id }), [made[2]]);
    assert.deepEqual(await listed({ deployment_id: 'depl_011CZkZAtmR3yMPDzynEDxu7' }), []);
    assert.deepEqual(await listed({ statuses: ['running'] }), []);
    const first = await sessions.list({ agent_id: agent.id, limit: 2 });
    const second = await first.getNextPage();
    const back = await sessions.list({ agent_id: agent.id, limit: 2, page: second.prev_page });
    assert.equal(first.prev_page, null);
    assert.deepEqual(back.data.map((s) => s.id), first.data.map((s) => s.id));
    assert.equal(back.prev_page, null);
    await sessions.archive(newest);
    assert.ok(!(await listed({})).includes(newest));
    assert.ok((await listed({ include_archived: true, statuses: ['terminated'] })).includes(newest));
  });

  test('an archived session can only be read, and a deleted one is gone', async () => {
    const session = await scripted([{ say: 'hi' }]);
    const [stream, thread] = [await sessions.events.stream(session.id), (await all(sessions.threads.list(session.id)))[0]];
    const archived = await sessions.archive(session.id);

    assert.deepEqual([archived.status, archived.archived_at !== null], ['terminated', true]);
    assert.deepEqual(types(await all(stream)), ['session.thread_status_terminated', 'session.status_terminated']);
    assert.deepEqual(types(await all(sessions.events.list(session.id))), ['session.thread_status_terminated', 'session.status_terminated']);
    assert.deepEqual([(await sessions.threads.retrieve(thread.id, { session_id: session.id })).status], ['terminated']);
    assert.equal((await refused(sessions.events.send(session.id, { events: [say('hi')] }), ConflictError)).headers.get('x-should-retry'), 'false');
    await refused(sessions.update(session.id, { title: 'x' }), BadRequestError, /archived/);
    await refused(sessions.resources.add(session.id, { type: 'file', file_id: 'file_1' }), BadRequestError);
    assert.deepEqual(bare(await sessions.archive(session.id)), bare(archived));
    assert.deepEqual(bare(await sessions.delete(session.id)), { id: session.id, type: 'session_deleted' });
    for (const call of [() => sessions.retrieve(session.id), () => sessions.events.list(session.id), () => sessions.threads.list(session.id), () => sessions.resources.list(session.id), () => sessions.events.send(session.id, { events: [say('x')] })]) {
      await refused(call(), NotFoundError);
    }
  });

  test('what cannot start is refused by the name of its field, or not found', async () => {
    const agent = await agents.create({ name: 'a', model: 'reverie/local' });
    const dead = await agents.create({ name: 'b', model: 'reverie/local' });
    await agents.archive(dead.id);
    const closed = await environments.create({ name: 'closed' });
    await environments.archive(closed.id);
    const store = await memoryStores.create({ name: 'old' });
    await memoryStores.archive(store.id);
    const valid = { agent: agent.id, environment_id: await environment() };
    const over = (more) => ({ agent: { type: 'agent_with_overrides', id: agent.id, ...more } });
    const memory = (id) => ({ type: 'memory_store', memory_store_id: id });
    for (const [more, field] of [
      [{ agent: undefined }, /agent/], [{ agent: 'agent' }, /agent/], [{ agent: dead.id }, /agent/], [{ agent: { type: 'agent', id: agent.id, version: 0 } }, /agent\.version/],
      [over({ model: null }), /model/], [over({ system: 'x'.repeat(100_001) }), /system/], [over({ model: 'no-such-model' }), /model/], [over({ name: 'x' }), /name/],
      [{ environment_id: undefined }, /environment_id/], [{ environment_id: closed.id }, /environment_id/], [{ title: 5 }, /title/], [{ metadata: { a: 5 } }, /metadata/],
      [{ vault_ids: ['vlt_1'] }, /vault_ids/], [{ budget: cents('0') }, /amount/], [{ budget: cents('1.5') }, /amount/], [{ budget: { type: 'limit', max_list_cost: { amount: '5', currency: 'EUR' } } }, /currency/],
      [{ initial_events: [{ type: 'user.interrupt' }] }, /initial_events/], [{ initial_events: [{ type: 'system.message', content: [text('x')] }] }, /initial_events/],
      [{ initial_events: Array(51).fill(say('x')) }, /initial_events/], [{ initial_events: [say()] }, /initial_events\[0\]\.content/],
      [{ initial_events: [say(...Array(101).fill({ type: 'document', source: { type: 'file', file_id: 'file_1' } }))] }, /initial_events/],
      [{ resources: [{ type: 'file', file_id: 'file_none' }] }, /resources\[0\]\.file_id/], [{ resources: [memory(store.id)] }, /resources\[0\]\.memory_store_id/],
      [{ resources: [{ type: 'github_repository', url: 'https://example.com/a/b' }] }, /resources\[0\]\.url/], [{ resources: [{ type: 'vault' }] }, /resources\[0\]\.type/],
      [{ resources: [{ type: 'github_repository', url: 'https://github.com/a/b', checkout: { type: 'commit', sha: 'abc' } }] }, /resources\[0\]\.checkout\.sha/],
      [{ resources: Array(9).fill(memory(store.id)) }, /resources/], [{ nonsense: 1 }, /nonsense/],
    ]) {
      await refused(sessions.create({ ...valid, ...more }), BadRequestError, field);
    }
    for (const more of [{ agent: 'agent_011CZkZAtmR3yMPDzynEDxu7' }, { agent: { type: 'agent', id: agent.id, version: 7 } }, { environment_id: 'env_011CZkZAtmR3yMPDzynEDxu7' }]) await refused(sessions.create({ ...valid, ...more }), NotFoundError);
    assert.equal((await refused(sessions.create({ ...valid, ...over({ model: 'openai/unpriced' }), budget: cents('5') }), BadRequestError)).errorCode, 'model_not_budgetable');
    await refused(sessions.retrieve(unknown), NotFoundError);
    await refused(sessions.list({ agent_version: 1 }), BadRequestError, /agent_version/);
  });
});

describe('events', () => {
  test('a turn runs in the order of the contract', async () => {
    const session = await scripted([{ think: 'Hm.', say: 'Hello {{user}}', usage: { input_tokens: 1000, output_tokens: 200 } }]);
    const streamed = await turn(session.id, [say('you')]);
    const seen = taken(streamed);

    assert.deepEqual(types(seen), ['session.status_running', 'session.thread_status_running', 'user.message', 'span.model_request_start', 'agent.thinking', 'agent.message', 'span.model_request_end', 'session.thread_status_idle', 'session.usage', 'session.status_idle']);
    assert.deepEqual(streamed.filter((e) => e.processed_at === null && e.id !== seen[2].id), []);
    assert.equal(seen[5].content[0].text, 'Hello you');
    assert.deepEqual(seen.at(-2).usage.list_cost, { amount: '0', currency: 'USD' });
    const listed = await all(sessions.events.list(session.id));
    assert.deepEqual(listed, seen);
    const read = await sessions.retrieve(session.id);
    assert.deepEqual([read.usage.input_tokens, read.usage.output_tokens, read.status], [1000, 200, 'idle']);
  });

  test('a session may begin with its first message', async () => {
    const session = await scripted([{ wait_ms: 300, say: 'done' }], { initial_events: [say('one'), say('two')] });
    const stream = await sessions.events.stream(session.id);

    assert.equal(session.status, 'running');
    if ((await sessions.retrieve(session.id)).status === 'running') await untilIdle(stream);
    const log = await all(sessions.events.list(session.id));
    assert.deepEqual(only(log, 'user.message').map((e) => e.content[0].text), ['one', 'two']);
    assert.equal(only(log, 'agent.message').length, 1);
  });

  test('events are listed by type, time and page, either way', async () => {
    const session = await scripted([{ say: 'one' }, { say: 'two' }]);
    await turn(session.id, [say('a')]);
    await turn(session.id, [say('b')]);
    const list = (params) => all(sessions.events.list(session.id, params));
    const log = await list();

    assert.deepEqual(await list({ limit: 3 }), log);
    assert.deepEqual(await list({ order: 'desc', limit: 4 }), log.toReversed());
    assert.deepEqual(types(await list({ types: ['agent.message', 'user.message'], limit: 1 })), ['user.message', 'agent.message', 'user.message', 'agent.message']);
    const middle = log[5].processed_at;
    assert.deepEqual(await list({ 'created_at[gte]': middle }), log.filter((e) => e.processed_at >= middle));
    assert.deepEqual(await list({ 'created_at[lt]': middle }), log.filter((e) => e.processed_at < middle));
    await refused(sessions.events.list(session.id, { order: 'up' }), BadRequestError, /order/);
    await refused(sessions.events.list(session.id, { page: 'x' }), BadRequestError, /page/);
  });

  test('previews add up to the message, by the accumulator of the SDK', async () => {
    const words = 'A text that is longer than a piece of it, and so comes in several.';
    const session = await scripted([{ think: 'Hm.', say: words }]);
    const seen = await turn(session.id, [say('go')], { event_deltas: ['agent.message', 'agent.thinking'] });

    const previews = seen.filter((e) => e.type.startsWith('event_'));
    assert.deepEqual(only(seen, 'event_start').map((e) => e.event.type), ['agent.thinking', 'agent.message']);
    assert.ok(only(seen, 'event_delta').length > 1);
    let message;
    for (const event of previews.filter((e) => e.event?.type !== 'agent.thinking')) message = accumulateManagedAgentsEvent(message, event);
    const whole = only(seen, 'agent.message')[0];
    assert.deepEqual([message.id, message.content], [whole.id, whole.content]);
    assert.deepEqual(seen.findLast((e) => (e.event_id ?? e.event?.id ?? e.id) === whole.id), whole);
    assert.ok(!(await turn((await scripted([{ say: words }])).id, [say('go')])).some((e) => e.type.startsWith('event_')));
    await refused(sessions.events.stream(session.id, { event_deltas: ['agent.tool_use'] }), BadRequestError, /event_deltas/);
  });

  test('a call that asks waits for its confirmation', async () => {
    const call = { tool: 'bash', input: { command: 'echo hi' } };
    const session = await scripted([{ call: [call, call] }, { say: 'done' }], {}, { tools: toolset('always_ask') });
    const asked = await turn(session.id, [say('go')]);
    const [one, two] = only(asked, 'agent.tool_use');

    assert.deepEqual([one.evaluated_permission, one.evaluation], ['ask', { type: 'always_ask' }]);
    assert.deepEqual(lastIdle(asked), { type: 'requires_action', event_ids: [one.id, two.id] });
    await refused(sessions.events.send(session.id, { events: [say('hello?')] }), BadRequestError, /answer/);
    await refused(sessions.events.send(session.id, { events: [{ type: 'user.tool_confirmation', tool_use_id: one.id, result: 'allow', deny_message: 'no' }] }), BadRequestError, /deny_message/);
    await refused(sessions.events.send(session.id, { events: [{ type: 'user.tool_confirmation', tool_use_id: 'sevt_1', result: 'allow' }] }), BadRequestError, /tool_use_id/);
    const rest = await turn(session.id, [{ type: 'user.tool_confirmation', tool_use_id: two.id, result: 'deny', deny_message: 'not that' }]);
    assert.deepEqual(lastIdle(rest), { type: 'requires_action', event_ids: [one.id] });
    const done = await turn(session.id, [{ type: 'user.tool_confirmation', tool_use_id: one.id, result: 'allow' }]);

    const results = only([...rest, ...done], 'agent.tool_result');
    assert.match(results.find((r) => r.tool_use_id === two.id).content[0].text, /not that/);
    assert.equal(results.find((r) => r.tool_use_id === two.id).is_error, true);
    assert.match(results.find((r) => r.tool_use_id === one.id).content[0].text, /hi/);
    assert.deepEqual(lastIdle(done), { type: 'end_turn' });
    assert.equal((await sessions.events.send(session.id, { events: [{ type: 'user.tool_confirmation', tool_use_id: one.id, result: 'deny' }] })).data.length, 1);
  });

  test('the tool runner of the SDK answers custom calls', async () => {
    const session = await scripted([{ call: { tool: 'weather', input: { city: 'Oslo' } } }, { say: 'It is {{result}}' }], {}, { tools: custom });
    const done = turn(session.id);
    const weather = { ...custom[0], type: 'custom', run: ({ city }) => `rain in ${city}`, parse: (input) => input };
    const runner = sessions.events.toolRunner(session.id, { tools: [weather], maxIdleMs: 60_000 });
    await sessions.events.send(session.id, { events: [say('go')] });

    const calls = [];
    for await (const call of runner) {
      calls.push(call);
      break;
    }
    const log = await untilEnded(session.id);

    assert.deepEqual(calls.map((c) => [c.name, c.posted, c.isError, c.confirmation]), [['weather', true, false, undefined]]);
    assert.equal(only(log, 'agent.message').at(-1).content[0].text, 'It is rain in Oslo');
    assert.equal(lastIdle(await done).type, 'requires_action');
    const answer = only(log, 'user.custom_tool_result')[0];
    assert.ok(answer.processed_at);
  });

  test('the tool runner waits for confirmations and leaves the calls of the server alone', async () => {
    const session = await scripted([{ call: { tool: 'bash', input: { command: 'echo hi' } } }, { call: { tool: 'weather', input: { city: 'Oslo' } } }, { say: 'done' }], {}, { tools: [...toolset('always_ask'), ...custom] });
    const asked = await turn(session.id, [say('go')]);
    const runner = sessions.events.toolRunner(session.id, { tools: [{ ...custom[0], run: () => [text('rain')], parse: (input) => input }], maxIdleMs: 1 });
    await sessions.events.send(session.id, { events: [{ type: 'user.tool_confirmation', tool_use_id: lastIdle(asked).event_ids[0], result: 'allow' }] });

    const calls = await all(runner);

    assert.deepEqual(calls.map((c) => [c.name, c.posted]), [['bash', false], ['weather', true]]);
    assert.deepEqual(lastIdle(await all(sessions.events.list(session.id))), { type: 'end_turn' });
  });

  test('a custom result may hold every kind of block, or nothing', async () => {
    const content = [
      text('sunny'), { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } }, { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'words' }, title: 'T', context: 'C' }, { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' }, title: null },
      { type: 'search_result', source: 'https://example.com', title: 'S', content: [text('found')], citations: { enabled: true } },
    ];
    const session = await scripted([{ call: [{ tool: 'weather' }, { tool: 'weather' }] }, { say: 'done' }], {}, { tools: custom });
    const [one, two] = only(await turn(session.id, [say('go')]), 'agent.custom_tool_use');
    const { data } = await sessions.events.send(session.id, {
      events: [{ type: 'user.custom_tool_result', custom_tool_use_id: one.id, content, is_error: false }, { type: 'user.custom_tool_result', custom_tool_use_id: two.id, is_error: null }],
    });

    assert.deepEqual(data[0].content, content);
    assert.ok(data.every((e) => e.processed_at));
    assert.deepEqual(lastIdle(await untilEnded(session.id)), { type: 'end_turn' });
    await refused(sessions.events.send(session.id, { events: [{ type: 'user.custom_tool_result', custom_tool_use_id: one.id, content: [{ ...content[6], citations: undefined }] }] }), BadRequestError, /events\[0\]\.content\[0\]\.citations/);
    assert.equal((await sessions.events.send(session.id, { events: [{ type: 'user.custom_tool_result', custom_tool_use_id: one.id }] })).data.length, 1);
  });

  test('an interrupt ends the turn, and what follows it begins the next', async () => {
    const session = await scripted([{ choose: [{ if_user_says: 'again', say: 'next' }, { wait_ms: 60_000, say: 'late' }] }]);
    const stream = await sessions.events.stream(session.id);
    await sessions.events.send(session.id, { events: [say('go')] });
    const seen = [];
    for await (const event of stream) {
      seen.push(event);
      if (event.type === 'span.model_request_start') break;
    }
    const stopped = await turn(session.id, [{ type: 'user.interrupt' }, say('again')]);

    assert.deepEqual(lastIdle(stopped), { type: 'end_turn' });
    assert.equal(only(stopped, 'span.model_request_end')[0].is_error, true);
    const log = await untilEnded(session.id, 2);
    assert.equal(only(log, 'user.message').length, 2);
    assert.equal(only(log, 'agent.message').length, 1);
    const thread = (await all(sessions.threads.list(session.id)))[0];
    const { data } = await sessions.events.send(session.id, { events: [{ type: 'user.interrupt', session_thread_id: thread.id }] });
    assert.equal(data[0].session_thread_id, thread.id);
    await refused(sessions.events.send(session.id, { events: [{ type: 'user.interrupt', session_thread_id: 'sthr_1' }] }), BadRequestError, /session_thread_id/);
  });

  test('an interrupt closes calls that wait', async () => {
    const session = await scripted([{ call: { tool: 'weather' } }, { say: 'next' }], {}, { tools: custom });
    const asked = await turn(session.id, [say('go')]);
    const stopped = await turn(session.id, [{ type: 'user.interrupt' }]);

    assert.deepEqual(lastIdle(stopped), { type: 'end_turn' });
    const closed = only(stopped, 'user.custom_tool_result')[0];
    assert.deepEqual([closed.custom_tool_use_id, closed.is_error], [only(asked, 'agent.custom_tool_use')[0].id, true]);
    assert.equal(only(await turn(session.id, [say('on')]), 'agent.message')[0].content[0].text, 'next');
  });

  test('system messages go along with what they accompany', async () => {
    const session = await scripted([{ say: 'one' }, { say: 'two' }]);
    const system = { type: 'system.message', content: [text('Be brief.')] };

    const seen = await turn(session.id, [say('go'), system]);
    assert.deepEqual(types(only(taken(seen), 'system.message')), ['system.message']);
    await refused(sessions.events.send(session.id, { events: [say('a'), system, system] }), BadRequestError, /system\.message/);
    await refused(sessions.events.send(session.id, { events: [system, say('a')] }), BadRequestError, /system\.message/);
  });

  test('a budget holds work back until it is raised or removed', async () => {
    const session = await scripted([{ call: { tool: 'weather' }, usage: { input_tokens: 0, output_tokens: 120_000 } }, { say: 'on' }], { budget: cents('50') }, { tools: custom });
    const asked = await turn(session.id, [say('go')]);
    assert.equal(lastIdle(asked).type, 'requires_action');
    const paused = await turn(session.id, [{ type: 'user.custom_tool_result', custom_tool_use_id: lastIdle(asked).event_ids[0], content: [text('x')] }]);

    assert.deepEqual(lastIdle(paused), { type: 'budget_reached' });
    assert.deepEqual([paused.at(-2).budget, paused.at(-2).usage.list_cost], [cents('50'), { amount: '60', currency: 'USD' }]);
    const error = await refused(sessions.events.send(session.id, { events: [say('go on')] }), BadRequestError);
    for (const type of ['user.tool_confirmation', 'user.tool_result', 'user.custom_tool_result', 'user.interrupt']) assert.ok(error.message.includes(type));
    assert.equal((await refused(sessions.update(session.id, { budget: cents('60') }), BadRequestError, /must be greater than the session's consumed list cost/)).errorCode, 'budget_not_raised');
    const stream = await sessions.events.stream(session.id);
    await sessions.update(session.id, { budget: cents('1000') });
    const resumed = await untilIdle(stream);
    assert.deepEqual([only(resumed, 'agent.message')[0].content[0].text, lastIdle(resumed)], ['on', { type: 'end_turn' }]);
  });

  test('failures of the model are told and tried again', async () => {
    const session = await scripted([{ fail: { with: 'overloaded', times: 2, retry_after_ms: 1 }, say: 'at last' }, { fail: { with: 'billing' } }, { refuse: { category: 'cyber', explanation: 'No.' } }]);
    const seen = await turn(session.id, [say('go')]);

    const errors = only(seen, 'session.error').map((e) => e.error);
    assert.deepEqual(errors.map((e) => [e.type, e.retry_status.type]), Array(2).fill(['model_overloaded_error', 'retrying']));
    assert.deepEqual([only(seen, 'session.status_rescheduled').length, only(seen, 'session.thread_status_rescheduled').length, lastIdle(seen).type], [2, 2, 'end_turn']);
    const dead = await turn(session.id, [say('go')]);
    assert.deepEqual([only(dead, 'session.error')[0].error.type, only(dead, 'session.error')[0].error.retry_status.type, lastIdle(dead).type], ['billing_error', 'exhausted', 'retries_exhausted']);
  });

  test('a refusal is the reason to stop', async () => {
    const session = await scripted([{ refuse: { category: 'cyber', explanation: 'No.' } }, { say: 'yes' }]);
    const seen = await turn(session.id, [say('go')]);

    assert.deepEqual([lastIdle(seen), seen.at(-1).stop_details], [{ type: 'refusal' }, { type: 'refusal', category: 'cyber', explanation: 'No.' }]);
    assert.deepEqual(only(seen, 'session.thread_status_idle')[0].stop_details, seen.at(-1).stop_details);
    assert.deepEqual(lastIdle(await turn(session.id, [say('else')])), { type: 'end_turn' });
  });

  test('what is no event is refused by its place', async () => {
    const session = await scripted([{ say: 'hi' }]);
    for (const [event, field] of [
      [{ type: 'agent.message', content: [text('x')] }, /events\[1\]\.type/], [{ type: 'user.message' }, /events\[1\]\.content/], [say(), /events\[1\]\.content/], [say({ type: 'redacted' }), /events\[1\]\.content\[0\]\.type/],
      [say(text('')), /events\[1\]\.content\[0\]\.text/], [say({ type: 'image', source: { type: 'base64', media_type: 'image/bmp', data: 'AA==' } }), /media_type/], [say({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: '?' } }), /data/],
      [say({ type: 'document', source: { type: 'url', url: 'ftp://x' } }), /url/], [say({ type: 'image', source: { type: 'text', data: 'x' } }), /source\.type/], [say({ type: 'search_result' }), /type/],
      [{ type: 'user.tool_confirmation', tool_use_id: 'sevt_1', result: 'maybe' }, /result/], [{ type: 'user.tool_result', tool_use_id: 'sevt_1' }, /self_hosted/], [{ type: 'user.define_outcome', description: 'x' }, /rubric/],
      [{ type: 'system.message', content: [{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }] }, /events\[1\]\.content\[0\]\.type/], [{ ...say('x'), nonsense: 1 }, /nonsense/],
      [say({ type: 'image', source: { type: 'file', file_id: 'file_011CZkZAtmR3yMPDzynEDxu7' } }), /events\[1\].*file/],
    ]) {
      await refused(sessions.events.send(session.id, { events: [say('fine'), event] }), BadRequestError, field);
    }
    await refused(sessions.events.send(session.id, { events: [] }), BadRequestError, /events/);
    await refused(sessions.events.send(unknown, { events: [say('x')] }), NotFoundError);
    assert.deepEqual(await all(sessions.events.list(session.id)), []);
  });
});

describe('threads', () => {
  test('each session has a thread of its own', async () => {
    const session = await scripted([{ say: 'hi' }], {}, { description: 'D', tools: custom });
    const [thread, ...none] = await all(sessions.threads.list(session.id));

    assert.deepEqual(none, []);
    assert.deepEqual([thread.session_id, thread.parent_thread_id, thread.status, thread.stats, thread.usage, thread.workflow_run_id], [session.id, null, 'idle', null, null, null]);
    const { multiagent, ...agent } = session.agent;
    assert.deepEqual(thread.agent, agent);
    assert.deepEqual(bare(await sessions.threads.retrieve(thread.id, { session_id: session.id })), thread);
    assert.deepEqual(await all(sessions.threads.list(session.id, { statuses: ['running', 'terminated'] })), []);
    await refused(sessions.threads.archive(thread.id, { session_id: session.id }), BadRequestError, /archived with the session/);
    await refused(sessions.threads.retrieve('sthr_011CZkZAtmR3yMPDzynEDxu7', { session_id: session.id }), NotFoundError);
    await refused(sessions.threads.events.list(thread.id, { session_id: unknown }), NotFoundError);
  });

  test('its events leave out what is about the session as a whole', async () => {
    const session = await scripted([{ say: 'hi', usage: { input_tokens: 5, output_tokens: 6 } }]);
    const [{ id }] = await all(sessions.threads.list(session.id));
    const stream = await sessions.threads.events.stream(id, { session_id: session.id, event_deltas: ['agent.message'] });
    await turn(session.id, [say('go')]);
    const seen = [];
    for await (const event of stream) {
      seen.push(event);
      if (event.type === 'session.thread_status_idle') break;
    }
    const listed = await all(sessions.threads.events.list(id, { session_id: session.id, limit: 2 }));

    assert.deepEqual(types(listed), ['session.thread_status_running', 'user.message', 'span.model_request_start', 'agent.message', 'span.model_request_end', 'session.thread_status_idle']);
    assert.deepEqual(taken(seen).filter((e) => !e.type.startsWith('event_')), listed);
    assert.deepEqual(types(only(seen, 'event_start')), ['event_start']);
    const thread = await sessions.threads.retrieve(id, { session_id: session.id });
    assert.deepEqual([thread.usage.input_tokens, thread.usage.output_tokens], [5, 6]);
    await sessions.archive(session.id);
    assert.equal(types(await all(sessions.threads.events.list(id, { session_id: session.id }))).at(-1), 'session.thread_status_terminated');
  });
});

describe('resources and files', () => {
  const upload = async (words, name) => files.upload({ file: await toFile(Buffer.from(words), name, { type: 'text/plain' }) });

  test('files are mounted, read by the agent, and taken out', async () => {
    const first = await upload('first words', 'one.txt');
    const second = await upload('second words', 'two.txt');
    const session = await scripted([{ call: { tool: 'bash', input: { command: 'cat /mnt/session/uploads/docs/one.txt' } } }, { say: '{{result}}' }], { resources: [{ type: 'file', file_id: first.id, mount_path: '/docs/one.txt' }] }, { tools: toolset('always_allow') });
    const [mounted] = session.resources;

    assert.equal(mounted.mount_path, '/mnt/session/uploads/docs/one.txt');
    assert.notEqual(mounted.file_id, first.id);
    assert.match(only(await turn(session.id, [say('read')]), 'agent.message')[0].content[0].text, /first words/);
    const added = await sessions.resources.add(session.id, { type: 'file', file_id: second.id });
    assert.equal(added.mount_path, `/mnt/session/uploads/${second.id}`);
    assert.deepEqual(await all(sessions.resources.list(session.id, { limit: 1 })), [mounted, bare(added)]);
    assert.deepEqual(bare(await sessions.resources.retrieve(added.id, { session_id: session.id })), bare(added));
    await refused(sessions.resources.update(added.id, { session_id: session.id, authorization_token: 'x' }), BadRequestError, /repository/);
    await refused(sessions.resources.add(session.id, { type: 'file', file_id: second.id, mount_path: '/docs/one.txt' }), BadRequestError, /mount_path/);
    await refused(sessions.resources.add(session.id, { type: 'file', file_id: second.id, mount_path: '/docs/one.txt/more' }), BadRequestError, /mount_path/);
    await refused(sessions.resources.add(session.id, { type: 'file', file_id: second.id, mount_path: '../../etc/passwd' }), BadRequestError, /mount_path/);
    await refused(sessions.resources.add(session.id, { type: 'memory_store', memory_store_id: 'memstore_1' }), BadRequestError, /type/);
    assert.deepEqual(bare(await sessions.resources.delete(added.id, { session_id: session.id })), { id: added.id, type: 'session_resource_deleted' });
    await refused(sessions.resources.retrieve(added.id, { session_id: session.id }), NotFoundError);
    assert.deepEqual((await sessions.retrieve(session.id)).resources, [mounted]);
  });

  test('a memory store is mounted, and what the agent writes is kept', async () => {
    const store = await memoryStores.create({ name: 'Team notes' });
    await memoryStores.memories.create(store.id, { path: '/a.md', content: 'before' });
    const session = await scripted([{ call: { tool: 'bash', input: { command: 'cat /mnt/memory/team-notes/a.md; echo after > /mnt/memory/team-notes/b.md' } } }, { say: '{{result}}' }],
      { resources: [{ type: 'memory_store', memory_store_id: store.id, access: null, instructions: 'Look here.' }] }, { tools: toolset('always_allow') });
    const [mounted] = session.resources;

    assert.deepEqual([mounted.access, mounted.description, mounted.instructions, mounted.mount_path, mounted.name], ['read_write', '', 'Look here.', '/mnt/memory/team-notes', 'Team notes']);
    assert.match(only(await turn(session.id, [say('go')]), 'agent.message')[0].content[0].text, /before/);
    assert.deepEqual((await all(memoryStores.memories.list(store.id))).map((m) => m.path).toSorted(), ['/a.md', '/b.md']);
    const [written] = await all(memoryStores.memoryVersions.list(store.id, { session_id: session.id }));
    assert.deepEqual(written.created_by, { type: 'session_actor', session_id: session.id });
  });

  test('what the agent leaves as output is found by the session', async () => {
    const session = await scripted([{ call: { tool: 'bash', input: { command: 'echo result > /mnt/session/outputs/out.txt' } } }, { say: 'done' }, { call: { tool: 'bash', input: { command: 'echo better > /mnt/session/outputs/out.txt' } } }, { say: 'done' }], {}, { tools: toolset('always_allow') });
    await turn(session.id, [say('go')]);
    const outputs = () => all(client.beta.files.list({ scope_id: session.id, betas: ['managed-agents-2026-04-01'] }));
    const [output, ...none] = await outputs();

    assert.deepEqual([output.filename, output.downloadable, output.scope, none], ['out.txt', true, { type: 'session', id: session.id }, []]);
    assert.equal(await (await files.download(output.id)).text(), 'result\n');
    await turn(session.id, [say('again')]);
    const contents = await Promise.all((await outputs()).map(async (f) => (await files.download(f.id)).text()));
    assert.ok(contents.includes('better\n'));
    await sessions.delete(session.id);
    assert.deepEqual(await outputs(), []);
  });
});

describe('models', () => {
  test('models are listed and found', async () => {
    const listed = await all(models.list({ limit: 2 }));

    assert.ok(['reverie/local', 'reverie/scripted', 'claude-opus-5'].every((id) => listed.some((m) => m.id === id)));
    assert.deepEqual(bare(await models.retrieve('reverie/scripted')), listed.find((m) => m.id === 'reverie/scripted'));
    assert.equal((await models.retrieve('openai/any/thing')).id, 'openai/any/thing');
    assert.ok((await all(client.beta.models.list())).length === listed.length);
    await refused(models.retrieve('no-such-model'), NotFoundError);
  });
});

test('the names of the beta values are checked', async () => {
  const session = await scripted([{ say: 'hi' }]);
  const bareCall = (path, headers) => fetch(`${process.env.REVERIE_URL}${path}`, { headers: { 'x-api-key': process.env.REVERIE_API_KEY, ...headers } });

  for (const path of ['', '/events', '/events/stream', '/threads', '/resources']) assert.equal((await bareCall(`/v1/sessions/${session.id}${path}`)).status, 404, path);
  assert.equal((await bareCall(`/v1/sessions/${session.id}`, { 'anthropic-beta': 'managed-agents-2026-04-01' })).status, 200);
  await refused(sessions.retrieve(session.id, { workspace_id: 'wrkspc_other' }), APIError);
});

after(() => {
  const wanted = ['agent.custom_tool_use', 'agent.message', 'agent.thinking', 'agent.tool_result', 'agent.tool_use', 'event_delta', 'event_start', 'session.error', 'session.status_idle', 'session.status_rescheduled', 'session.status_running', 'session.status_terminated',
    'session.thread_status_idle', 'session.thread_status_rescheduled', 'session.thread_status_running', 'session.thread_status_terminated', 'session.updated', 'session.usage', 'span.model_request_end', 'span.model_request_start', 'system.message',
    'user.custom_tool_result', 'user.interrupt', 'user.message', 'user.tool_confirmation'];
  assert.deepEqual(wanted.filter((t) => !recordedEvents().has(t)), []);
  assert.deepEqual(misfits(), []);
});

/** The log once a turn has ended behind which nothing waits, and as many have. */
async function untilEnded(id, count = 1) {
  const stream = await sessions.events.stream(id);
  try {
    const following = stream[Symbol.asyncIterator]();
    for (;;) {
      const log = await all(sessions.events.list(id));
      if (log.at(-1)?.type === 'session.status_idle' && lastIdle(log).type !== 'requires_action' && only(log, 'session.status_idle').length >= count) return log;
      await following.next();
    }
  } finally {
    stream.controller.abort();
  }
}
