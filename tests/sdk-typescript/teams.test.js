// A lead and the agents it sets to work.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { agents, all, environment, only, refused, say, sessions, turn, types } from './support.js';
import { misfits } from './shapes.js';

const script = (answers) => ({ model: 'reverie/scripted', system: JSON.stringify({ answers }) });
const send = (agent, message) => ({ tool: 'send_to_agent', input: { agent, message } });

/** A session whose lead may set these agents to work. */
const team = async (lead, specialists, form = (roster) => ({ type: 'coordinator', agents: roster })) => {
  const roster = [];
  for (const [name, answers, more] of specialists) roster.push((await agents.create({ name, ...script(answers), ...more })).id);
  const agent = await agents.create({ name: 'lead', ...script(lead), multiagent: form(roster) });
  return sessions.create({ agent: agent.id, environment_id: await environment() });
};

describe('teams', () => {
  after(() => assert.deepEqual(misfits(), []));

  test('twenty specialists work side by side and all report', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `worker-${i}`);
    const session = await team([{ call: names.map((n) => send(n, `part of ${n}`)) }, ...Array.from({ length: 21 }, () => ({ say: 'ok' }))], names.map((n) => [n, [{ wait_ms: 200, say: `${n} is done` }]]));
    const seen = await turn(session.id, [say('go')]);

    assert.equal(only(seen, 'session.thread_created').length, 20);
    assert.deepEqual(only(seen, 'agent.thread_message_received').map((e) => e.content[0].text).sort(), names.map((n) => `${n} is done`).sort());
    assert.deepEqual(seen.at(-1).stop_reason, { type: 'end_turn' });
    assert.equal(only(seen, 'session.status_idle').length, 1);
    const threads = await all(sessions.threads.list(session.id, { limit: 7 }));
    assert.equal(threads.length, 21);
    assert.deepEqual(threads.map((t) => [t.agent.name, t.parent_thread_id === null]), [['lead', true], ...names.map((n) => [n, false])]);
    assert.deepEqual([...new Set(threads.map((t) => t.status))], ['idle']);
    // Everybody had begun before anybody was done.
    const log = await all(sessions.events.list(session.id, { limit: 1000 }));
    const running = log.map((e, i) => [e, i]).filter(([e]) => e.type === 'session.thread_status_running').map(([, i]) => i);
    assert.ok(running[20] < log.findIndex((e) => e.type === 'agent.thread_message_received'));
  });

  test('a thread is followed, listed, asked through the session and archived', async () => {
    const session = await team([{ call: send('helper', 'ask them') }, { say: 'sent' }, { say: 'fine' }],
      [['helper', [{ call: { tool: 'ask', input: { q: 'which' } } }, { say: 'they said {{result}}' }], { tools: [{ type: 'custom', name: 'ask', description: 'Asks.', input_schema: { type: 'object' } }] }]]);
    const waiting = await turn(session.id, [say('go')]);
    const [call] = only(waiting, 'agent.custom_tool_use');
    const [created] = only(waiting, 'session.thread_created');
    assert.equal(call.session_thread_id, created.session_thread_id);
    assert.deepEqual(waiting.at(-1).stop_reason, { type: 'requires_action', event_ids: [call.id] });

    const own = await sessions.threads.events.stream(created.session_thread_id, { session_id: session.id });
    const seen = await turn(session.id, [{ type: 'user.custom_tool_result', custom_tool_use_id: call.id, content: [{ type: 'text', text: 'blue' }] }]);
    assert.equal(only(seen, 'agent.thread_message_received')[0].content[0].text, 'they said blue');
    const followed = [];
    for await (const event of own) {
      followed.push(event);
      if (event.type === 'session.thread_status_idle') break;
    }
    assert.deepEqual(types(followed), ['user.custom_tool_result', 'session.thread_status_running', 'span.model_request_start', 'agent.message', 'span.model_request_end', 'agent.thread_message_sent', 'session.thread_status_idle']);
    const listed = await all(sessions.threads.events.list(created.session_thread_id, { session_id: session.id }));
    assert.deepEqual(listed.slice(-followed.length), followed);

    const archived = await sessions.threads.archive(created.session_thread_id, { session_id: session.id });
    assert.equal(archived.status, 'terminated');
    assert.equal((await sessions.threads.retrieve(created.session_thread_id, { session_id: session.id })).archived_at, archived.archived_at);
    await refused(sessions.events.send(session.id, { events: [{ type: 'user.interrupt', session_thread_id: created.session_thread_id }] }), Anthropic.BadRequestError, /over/);
  });

  test('an agent may set itself to work, and the newer form of the roster works too', async () => {
    const answers = [{ choose: [{ if_user_says: 'alone', say: 'done alone' }, { call: send('lead', 'alone') }] }, { say: 'sent' }, { say: 'thanks' }];
    for (const form of [() => ({ type: 'coordinator', agents: [{ type: 'self' }] }), () => ({ type: 'multiagent_20261001', subagents: { type: 'enabled', predefined_agents: [{ type: 'self' }] } })]) {
      const session = await team(answers, [], form);
      const seen = await turn(session.id, [say('go')]);
      assert.equal(only(seen, 'agent.thread_message_received')[0].content[0].text, 'done alone');
      assert.equal(only(seen, 'agent.thread_message_received')[0].from_agent_name, 'lead');
    }
  });
});
