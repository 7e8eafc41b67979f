// Turns over the real protocols of models. The service behind the server answers what a test tells it, so the tests run one after the other.
import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import { toFile } from '@anthropic-ai/sdk';
import { agents, environment, files, only, say, service, sessions, text, turn, types } from './support.js';
import { misfits } from './shapes.js';

const toolset = [{ type: 'agent_toolset_20260401' }];
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPhfDwAChAGAvSbqkgAAAABJRU5ErkJggg==';
const use = (id, name, input) => ({ type: 'tool_use', id, name, input });
const lastIdle = (events) => events.at(-1).stop_reason;

const start = async (model, more = {}) => {
  const agent = await agents.create({ name: 'actor', model, system: 'Be useful. '.repeat(400), tools: toolset, ...more });
  return sessions.create({ agent: agent.id, environment_id: await environment() });
};

beforeEach(() => service.forget());

/** Nothing that was sent to a model was refused by it, but what a test says. */
afterEach(async () => {
  const refusals = (await service.requests()).filter((r) => r.refused).map((r) => r.refused);
  assert.deepEqual(refusals, []);
});

for (const model of ['claude-opus-5', 'openai/any-model']) {
  const isClaude = model.startsWith('claude');

  describe(model, () => {
    test('a loop of tools runs, and thinking goes back as it came', async () => {
      await service.answer(
        { blocks: [...(isClaude ? [{ type: 'thinking', thinking: 'Let me see.', signature: 'sig-1' }, { type: 'redacted_thinking', data: 'hidden' }] : []), text('I look.'), use('toolu_1', 'bash', { command: 'echo one' }), use('toolu_2', 'bash', { command: 'exit 3' })] },
        { blocks: [use('toolu_3', 'write', { file_path: 'a.txt', content: 'two' })] },
        { blocks: [use('toolu_4', 'read', { file_path: 'a.txt' })] },
        { blocks: [text('All done.')] },
      );
      const session = await start(model);
      const seen = await turn(session.id, [say('go')]);

      assert.deepEqual(lastIdle(seen), { type: 'end_turn' });
      assert.deepEqual(only(seen, 'agent.tool_use').map((e) => [e.name, e.evaluated_permission]), [['bash', 'allow'], ['bash', 'allow'], ['write', 'allow'], ['read', 'allow']]);
      const results = only(seen, 'agent.tool_result');
      assert.deepEqual(results.map((r) => r.tool_use_id), only(seen, 'agent.tool_use').map((e) => e.id));
      assert.match(results[0].content[0].text, /one/);
      assert.match(results[3].content[0].text, /two/);
      assert.equal(only(seen, 'agent.thinking').length, isClaude ? 2 : 0);
      assert.deepEqual(only(seen, 'agent.message').map((e) => e.content[0].text), ['I look.', 'All done.']);
      const requests = await service.requests();
      assert.equal(requests.length, 4);
      if (isClaude) {
        const answer = requests[1].body.messages.find((m) => m.role === 'assistant').content;
        assert.deepEqual(answer.slice(0, 2), [{ type: 'thinking', thinking: 'Let me see.', signature: 'sig-1' }, { type: 'redacted_thinking', data: 'hidden' }]);
      }
    });

    test('a next turn goes on where the last one ended', async () => {
      await service.answer({ blocks: [text('First.')] }, { blocks: [text('Second.')] });
      const session = await start(model);
      await turn(session.id, [say('one')]);
      const seen = await turn(session.id, [say('two')]);

      assert.equal(only(seen, 'agent.message')[0].content[0].text, 'Second.');
      const sent = JSON.stringify((await service.requests())[1].body.messages);
      for (const words of ['one', 'First.', 'two']) assert.ok(sent.includes(words));
    });

    test('pictures and documents reach the model', async () => {
      const picture = await files.upload({ file: await toFile(Buffer.from(pixel, 'base64'), 'a.png', { type: 'image/png' }) });
      const notes = await files.upload({ file: await toFile(Buffer.from('file words'), 'a.txt', { type: 'text/plain' }) });
      const page = await files.upload({ file: await toFile(Buffer.from('%PDF-1.4 page'), 'a.pdf', { type: 'application/pdf' }) });
      const session = await start(model);
      const content = [
        text('look'), { type: 'image', source: { type: 'base64', media_type: 'image/png', data: pixel } }, { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }, { type: 'image', source: { type: 'file', file_id: picture.id } },
        { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0xLjQ=' }, title: 'T', context: 'C' }, { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'plain words' } },
        { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } }, { type: 'document', source: { type: 'file', file_id: notes.id } }, { type: 'document', source: { type: 'file', file_id: page.id }, title: null },
      ];
      const seen = await turn(session.id, [say(...content)]);

      assert.deepEqual(lastIdle(seen), { type: 'end_turn' });
      assert.deepEqual(only(seen, 'user.message').at(-1).content, content);
      const sent = JSON.stringify((await service.requests())[0].body.messages);
      for (const words of ['plain words', 'file words', 'https://example.com/a.png', 'https://example.com/a.pdf']) assert.ok(sent.includes(words), words);
      assert.equal(sent.split(pixel).length, 3);
    });

    test('a file that was deleted does not end the conversation', async () => {
      const picture = await files.upload({ file: await toFile(Buffer.from(pixel, 'base64'), 'a.png', { type: 'image/png' }) });
      const session = await start(model);
      await turn(session.id, [say({ type: 'image', source: { type: 'file', file_id: picture.id } })]);
      await files.delete(picture.id);

      const seen = await turn(session.id, [say('and now?')]);

      assert.deepEqual(lastIdle(seen), { type: 'end_turn' });
      assert.match(JSON.stringify((await service.requests()).at(-1).body), /no longer there/);
    });

    test('a busy model is asked again, and says so', async () => {
      await service.answer({ error: { status: 429, type: 'rate_limit_error', message: 'Slow down', retry_after: '0' } }, { error: { status: isClaude ? 529 : 503, type: 'overloaded_error', message: 'Overloaded', retry_after: '0' } }, { blocks: [text('At last.')] });
      const session = await start(model);
      const seen = await turn(session.id, [say('go')]);

      assert.deepEqual(only(seen, 'session.error').map((e) => [e.error.type, e.error.retry_status.type]), [['model_rate_limited_error', 'retrying'], ['model_overloaded_error', 'retrying']]);
      assert.deepEqual(types(seen).filter((t) => t.includes('rescheduled')), ['session.thread_status_rescheduled', 'session.status_rescheduled', 'session.thread_status_rescheduled', 'session.status_rescheduled']);
      assert.deepEqual(only(seen, 'span.model_request_end').map((e) => e.is_error), [true, true, false]);
      assert.deepEqual([only(seen, 'agent.message')[0].content[0].text, lastIdle(seen)], ['At last.', { type: 'end_turn' }]);
    });

    test('a request that is wrong for good is not tried again', async () => {
      await service.answer({ error: { status: 400, type: 'invalid_request_error', message: 'This cannot be.' } }, { blocks: [text('Again.')] });
      const session = await start(model);
      const seen = await turn(session.id, [say('go')]);

      assert.deepEqual(only(seen, 'session.error').map((e) => [e.error.type, e.error.retry_status.type]), [['model_request_failed_error', 'exhausted']]);
      assert.deepEqual(lastIdle(seen), { type: 'retries_exhausted' });
      assert.deepEqual(lastIdle(await turn(session.id, [say('again')])), { type: 'end_turn' });
    });

    test('an answer that breaks off is asked for again, and its previews end', async () => {
      await service.answer({ blocks: [text('This never comes to its end.')], cut_after_events: 5 }, { blocks: [text('Whole.')] });
      const session = await start(model);
      const seen = await turn(session.id, [say('go')], { event_deltas: ['agent.message'] });

      assert.deepEqual(only(seen, 'agent.message').map((e) => e.content[0].text), ['Whole.']);
      assert.equal(only(seen, 'span.model_request_end')[0].is_error, true);
      const ids = only(seen, 'event_start').map((e) => e.event.id);
      assert.equal(new Set(ids).size, ids.length);
      assert.equal(ids.at(-1), only(seen, 'agent.message')[0].id);
    });

    test('a refusal ends the turn', async () => {
      await service.answer(isClaude ? { blocks: [text('I')], stop_reason: 'refusal', stop_details: { type: 'refusal', category: 'bio', explanation: 'No.' } } : { blocks: [{ type: 'refusal', refusal: 'No.' }] }, { blocks: [text('Sure.')] });
      const session = await start(model);
      const seen = await turn(session.id, [say('go')]);

      assert.deepEqual(lastIdle(seen), { type: 'refusal' });
      assert.deepEqual(seen.at(-1).stop_details, { type: 'refusal', category: isClaude ? 'bio' : null, explanation: 'No.' });
      assert.deepEqual(lastIdle(await turn(session.id, [say('something else')])), { type: 'end_turn' });
    });

    test('an interrupt stops an answer that hangs', async () => {
      await service.answer({ blocks: [text('Words without end')], hang_after_events: 4 });
      const session = await start(model);
      const stream = await sessions.events.stream(session.id, { event_deltas: ['agent.message'] });
      await sessions.events.send(session.id, { events: [say('go')] });
      const following = stream[Symbol.asyncIterator]();
      while ((await following.next()).value.type !== 'event_start');
      const seen = await turn(session.id, [{ type: 'user.interrupt' }]);

      assert.deepEqual(lastIdle(seen), { type: 'end_turn' });
      assert.equal(only(seen, 'span.model_request_end')[0].is_error, true);
      assert.equal(only(seen, 'agent.message').length, 0);
      stream.controller.abort();
    });

    test('calls of tools that are not there are answered with an error', async () => {
      await service.answer({ blocks: [use('toolu_1', 'no_such_tool', { a: 1 })] }, { blocks: [text('Oh.')] });
      const session = await start(model);
      const seen = await turn(session.id, [say('go')]);

      assert.deepEqual(only(seen, 'agent.tool_use').map((e) => [e.evaluated_permission, e.evaluation]), [['deny', undefined]]);
      assert.deepEqual(only(seen, 'agent.tool_result').map((e) => e.is_error), [true]);
      assert.deepEqual(lastIdle(seen), { type: 'end_turn' });
    });
  });
}

test('what was cached in one turn is read in the next', async () => {
  await service.answer({ blocks: [use('toolu_1', 'bash', { command: 'echo one' })] }, { blocks: [text('First.')] }, { blocks: [text('Second.')] });
  const session = await start('claude-opus-5', { system: `${crypto.randomUUID()} `.repeat(400) });
  const first = only(await turn(session.id, [say('one')]), 'span.model_request_end').map((e) => e.model_usage);
  const second = only(await turn(session.id, [say('two')]), 'span.model_request_end').map((e) => e.model_usage);

  assert.ok(first[0].cache_creation_input_tokens > 0);
  assert.ok(first[1].cache_read_input_tokens >= first[0].cache_creation_input_tokens);
  assert.ok(second[0].cache_read_input_tokens >= first[1].cache_read_input_tokens + first[1].cache_creation_input_tokens);
  const { usage } = await sessions.retrieve(session.id);
  assert.equal(usage.cache_read_input_tokens, [...first, ...second].reduce((sum, u) => sum + u.cache_read_input_tokens, 0));
  assert.ok(Number(usage.list_cost.amount) >= 0);
});

test('settings of the model reach it', async () => {
  const session = await start({ id: 'claude-opus-5', effort: 'low' });
  const seen = await turn(session.id, [say('go')]);

  assert.deepEqual(lastIdle(seen), { type: 'end_turn' });
  assert.equal((await service.requests())[0].body.output_config.effort, 'low');
});

test('a new set of tools holds from the next turn on', async () => {
  const session = await start('claude-opus-5');
  await turn(session.id, [say('one')]);
  await sessions.update(session.id, { agent: { tools: [{ type: 'custom', name: 'weather', description: 'W', input_schema: { type: 'object' } }] } });
  await turn(session.id, [say('two')]);

  assert.deepEqual((await service.requests()).at(-1).body.tools.map((t) => t.name), ['weather']);
});

after(() => assert.deepEqual(misfits(), []));
