// Outcomes driven to each of their results. The agent and its grader are both answered by the service behind the server, in the order of the requests.
import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import Anthropic, { toFile } from '@anthropic-ai/sdk';
import { agents, environment, files, only, refused, say, service, sessions, text, turn } from './support.js';
import { misfits } from './shapes.js';

const use = (id, name, input) => ({ type: 'tool_use', id, name, input });
const verdict = (...criteria) => ({ blocks: [use('toolu_v', 'verdict', { criteria, rubric_applies: true, summary: 'Seen.' })], usage: { input_tokens: 40, output_tokens: 9 } });
const criterion = (name, met) => ({ name, met, score: met ? 1 : 0.25, explanation: met ? 'It is.' : 'It is not.' });
const outcome = (more = {}) => ({ type: 'user.define_outcome', description: 'Write a haiku.', rubric: { type: 'text', content: '- three lines\n- a season' }, ...more });

const start = async (more = {}) => {
  const agent = await agents.create({ name: 'poet', model: 'claude-opus-5', tools: [{ type: 'agent_toolset_20260401' }] });
  return sessions.create({ agent: agent.id, environment_id: await environment(), ...more });
};

describe('outcomes', () => {
  beforeEach(() => service.forget());

  afterEach(async () => {
    assert.deepEqual((await service.requests()).filter((r) => r.refused).map((r) => r.refused), []);
  });

  after(() => assert.deepEqual(misfits(), []));

  test('good work is satisfied at once, judged in a context of its own', async () => {
    await service.answer({ blocks: [text('Done.')] }, { blocks: [use('toolu_r', 'glob', { pattern: '**/*' })] }, verdict(criterion('three lines', true), criterion('a season', true)));
    const session = await start();
    const seen = await turn(session.id, [outcome()]);

    const [begun] = only(seen, 'span.outcome_evaluation_start');
    const [end] = only(seen, 'span.outcome_evaluation_end');
    assert.deepEqual([end.outcome_evaluation_start_id, end.iteration, end.result, end.usage.output_tokens >= 9], [begun.id, 0, 'satisfied', true]);
    assert.deepEqual(seen.at(-1).stop_reason, { type: 'end_turn' });
    const [evaluation] = (await sessions.retrieve(session.id)).outcome_evaluations;
    assert.deepEqual([evaluation.result, evaluation.description, evaluation.iteration, evaluation.outcome_id], ['satisfied', 'Write a haiku.', 0, end.outcome_id]);
    const [asked, , judged] = await service.requests();
    assert.match(JSON.stringify(asked.body.messages), /three lines/);
    assert.match(JSON.stringify(judged.body.system), /You are a grader/);
    assert.deepEqual(judged.body.tools.map((t) => t.name).sort(), ['glob', 'grep', 'read', 'verdict']);
  });

  test('work is sent back with what is missing, and ends satisfied', async () => {
    await service.answer({ blocks: [text('One line.')] }, verdict(criterion('three lines', false), criterion('a season', true)), { blocks: [text('Three lines.')] }, verdict(criterion('three lines', true), criterion('a season', true)));
    const session = await start();
    const seen = await turn(session.id, [outcome({ max_iterations: 5 })]);

    assert.deepEqual(only(seen, 'span.outcome_evaluation_end').map((e) => [e.iteration, e.result]), [[0, 'needs_revision'], [1, 'satisfied']]);
    const revision = (await service.requests())[2].body.messages.at(-1);
    assert.match(JSON.stringify(revision), /Not met: three lines\. It is not\./);
  });

  test('work that is not good enough in time gets a last word', async () => {
    await service.answer({ blocks: [text('No.')] }, verdict(criterion('three lines', false)), { blocks: [text('I could not.')] });
    const session = await start();
    const seen = await turn(session.id, [outcome({ max_iterations: 1 })]);

    assert.deepEqual(only(seen, 'span.outcome_evaluation_end').map((e) => e.result), ['max_iterations_reached']);
    assert.equal(only(seen, 'agent.message').at(-1).content[0].text, 'I could not.');
  });

  test('a rubric that does not apply fails, and a verdict that is none is asked for again', async () => {
    await service.answer({ blocks: [text('Done.')] }, { blocks: [use('toolu_v', 'verdict', { criteria: [] })] }, { blocks: [text('It is fine.')] },
      { blocks: [use('toolu_w', 'verdict', { criteria: [criterion('x', false)], rubric_applies: false, summary: 'Not about haiku.' })] });
    const session = await start();
    const seen = await turn(session.id, [outcome()]);

    const [end] = only(seen, 'span.outcome_evaluation_end');
    assert.equal(end.result, 'failed');
    assert.match(end.explanation, /Not about haiku/);
  });

  test('outcomes follow one another, and the conversation goes on after them', async () => {
    await service.answer({ blocks: [text('One.')] }, verdict(criterion('a', true)), { blocks: [text('Two.')] }, verdict(criterion('b', true)), { blocks: [text('You are welcome.')] });
    const session = await start({ initial_events: [] });
    await turn(session.id, [outcome()]);
    await turn(session.id, [outcome({ description: 'Another one.' })]);
    const seen = await turn(session.id, [say('thanks')]);

    assert.equal(only(seen, 'agent.message')[0].content[0].text, 'You are welcome.');
    assert.deepEqual((await sessions.retrieve(session.id)).outcome_evaluations.map((e) => [e.description, e.result]), [['Write a haiku.', 'satisfied'], ['Another one.', 'satisfied']]);
  });

  test('a rubric and examples may be files', async () => {
    await service.answer({ blocks: [text('Done.')] }, verdict(criterion('seventeen syllables', true)));
    const rubric = await files.upload({ file: await toFile(Buffer.from('- seventeen syllables'), 'rubric.md', { type: 'text/markdown' }) });
    const example = await files.upload({ file: await toFile(Buffer.from('An old silent pond'), 'basho.txt', { type: 'text/plain' }) });
    const session = await start();
    const seen = await turn(session.id, [outcome({ rubric: { type: 'file', file_id: rubric.id }, examples: [{ type: 'file', file_id: example.id }] })]);

    assert.deepEqual(only(seen, 'user.define_outcome')[0].rubric, { type: 'text', content: '- seventeen syllables' });
    assert.match(JSON.stringify((await service.requests())[1].body.messages), /An old silent pond/);
  });

  test('an interrupt ends an outcome, and only one is open at a time', async () => {
    await service.answer({ blocks: [text('Slow.')], delay_ms: 60000 });
    const session = await start();
    const stream = await sessions.events.stream(session.id);
    await sessions.events.send(session.id, { events: [outcome()] });
    await refused(sessions.events.send(session.id, { events: [outcome()] }), Anthropic.BadRequestError, /outcome/);
    await sessions.events.send(session.id, { events: [{ type: 'user.interrupt' }] });
    const seen = [];
    for await (const event of stream) {
      seen.push(event);
      if (event.type === 'session.status_idle') break;
    }

    const [end] = only(seen, 'span.outcome_evaluation_end');
    assert.deepEqual([end.result, end.outcome_evaluation_start_id], ['interrupted', '']);
  });
});
