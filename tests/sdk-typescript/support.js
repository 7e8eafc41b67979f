// What the tests of sessions share. REVERIE_URL and REVERIE_API_KEY name a running server, REVERIE_MODELS_URL the model service behind it.
import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { record } from './shapes.js';

/** Every answer of the server is kept, to be held against the SDK's own types. */
const recording = async (url, init) => {
  const response = await fetch(url, init);
  if (response.ok && response.headers.get('content-type')?.startsWith('application/json')) record(init.method, new URL(url).pathname, await response.clone().json());
  return response;
};

export const client = new Anthropic({ baseURL: process.env.REVERIE_URL, apiKey: process.env.REVERIE_API_KEY, fetch: recording });
export const { agents, environments, memoryStores, sessions } = client.beta;
export const { files, models } = client;

export async function all(list) {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
}

/** The error of a call that must be refused. */
export async function refused(call, errorClass, message) {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof errorClass, `${error}`);
    if (message) assert.match(error.message, message);
    return error;
  }
  return assert.fail(`it was not refused, as ${message} would be`);
}

export const bare = ({ _request_id, ...rest }) => rest;

export const text = (words) => ({ type: 'text', text: words });

export const say = (...content) => ({ type: 'user.message', content: content.map((c) => (typeof c === 'string' ? text(c) : c)) });

/** Without what a client sent as it waits, which may be forestalled by the same as it is taken up. */
export const taken = (events) => events.filter((e) => e.processed_at !== null);

export const types = (events) => events.map((e) => e.type);

export const only = (events, type) => events.filter((e) => e.type === type);

let place;

/** An environment for all tests of a file. */
export const environment = async () => (place ??= await environments.create({ name: 'tests' })).id;

/** A session of an agent that does what the answers say. */
export async function scripted(answers, more = {}, agentMore = {}) {
  const agent = await agents.create({ name: 'actor', model: 'reverie/scripted', system: JSON.stringify({ answers }), ...agentMore });
  return sessions.create({ agent: agent.id, environment_id: await environment(), ...more });
}

/** Sends events and follows the session until it idles; what came over the stream. */
export async function turn(id, events, params) {
  const stream = await sessions.events.stream(id, params);
  if (events) await sessions.events.send(id, { events });
  return untilIdle(stream);
}

export async function untilIdle(stream) {
  const seen = [];
  for await (const event of stream) {
    record('STREAM', '', event);
    seen.push(event);
    if (event.type === 'session.status_idle') return seen;
  }
  return assert.fail(`the stream ended: ${types(seen)}`);
}

/** What the model answers next, and what it was asked. */
export const service = {
  async answer(...answers) {
    const response = await fetch(`${process.env.REVERIE_MODELS_URL}/control/answers`, { method: 'POST', body: JSON.stringify(answers), headers: { 'content-type': 'application/json' } });
    assert.ok(response.ok, await response.text());
  },
  async requests() {
    return (await fetch(`${process.env.REVERIE_MODELS_URL}/control/requests`)).json();
  },
  async forget() {
    await fetch(`${process.env.REVERIE_MODELS_URL}/control`, { method: 'DELETE' });
  },
};
