// Holds what the server answered against the types of the SDK: required keys, nulls, values of enumerations, keys too many.
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const id = '[^/]+';
const rules = [
  ['sessions', 'BetaManagedAgentsSession', `/v1/sessions(?:/${id})?`],
  ['sessions', 'BetaManagedAgentsSession', `/v1/sessions/${id}/archive`],
  ['events', 'BetaManagedAgentsSessionEvent', `/v1/sessions/${id}/events`, 'GET'],
  ['events', 'BetaManagedAgentsSendSessionEvents', `/v1/sessions/${id}/events`, 'POST'],
  ['events', 'BetaManagedAgentsStreamSessionEvents', '', 'STREAM'],
  ['resources', 'BetaManagedAgentsSessionResource', `/v1/sessions/${id}/resources(?:/${id})?`],
  ['threads', 'BetaManagedAgentsSessionThread', `/v1/sessions/${id}/threads(?:/${id}(?:/archive)?)?`],
  ['threads', 'BetaManagedAgentsStreamSessionThreadEvents', `/v1/sessions/${id}/threads/${id}/events`],
  ['agents', 'BetaManagedAgentsAgent', `/v1/agents(?:/${id}(?:/archive)?)?`],
  ['environments', 'BetaEnvironment', `/v1/environments(?:/${id}(?:/archive)?)?`],
  ['files', 'BetaFileMetadata', `/v1/files(?:/${id})?`],
  ['skills', 'BetaSkill', `/v1/skills(?:/${id})?`],
  ['versions', 'BetaSkillVersion', `/v1/skills/${id}/versions(?:/${id})?`],
  ['models', 'BetaModelInfo', `/v1/models(?:/.+)?`],
].map(([module, type, path, method]) => ({ module, type, path: new RegExp(`^${path}$`), method }));

const modules = {
  agents: 'beta/agents/agents', environments: 'beta/environments/environments', events: 'beta/sessions/events', files: 'beta/files', models: 'beta/models',
  resources: 'beta/sessions/resources', sessions: 'beta/sessions/sessions', skills: 'beta/skills/skills', versions: 'beta/skills/versions', threads: 'beta/sessions/threads/threads',
};

/** What the server adds on purpose: an id by which a mounted store can be read, and examples of good work. */
const withoutExtras = (name, value) => {
  const extra = { memory_store: 'id', 'user.define_outcome': 'examples' }[value?.type];
  if (!extra) return value;
  const { [extra]: _, ...rest } = value;
  return rest;
};

const seen = new Map();

/** Keeps a value for the check; of values that are built alike, the first. */
export function record(method, path, value) {
  const rule = rules.find((r) => r.path.test(path) && (!r.method || r.method === method));
  if (!rule || method === 'DELETE') return;
  for (const item of method === 'GET' && Array.isArray(value.data) ? value.data : [value]) {
    const key = `${rule.type} ${JSON.stringify(skeleton(item))}`;
    if (!seen.has(key)) seen.set(key, { rule, item });
  }
}

const skeleton = (value, name) => Array.isArray(value) ? [...new Set(value.map((v) => JSON.stringify(skeleton(v))))]
  : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, skeleton(v, k)]))
  : value === null ? null : typeof value === 'string' && ['type', 'status', 'access', 'speed'].includes(name) ? value : typeof value;

/** What was kept and does not fit its type, a line each; and the types of events among it. */
export function misfits() {
  const values = [...seen.values()];
  const text = [
    ...Object.entries(modules).map(([name, path]) => `import type * as ${name} from '@anthropic-ai/sdk/resources/${path}';`),
    ...values.map(({ rule, item }, i) => `export const v${i}: ${rule.module}.${rule.type} = ${JSON.stringify(item, withoutExtras)};`),
  ].join('\n');
  const file = fileURLToPath(new URL('recorded.ts', import.meta.url));
  const options = { strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest));
  const program = ts.createProgram([file], options, host);
  return [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics(program.getSourceFile(file)), ...program.getOptionsDiagnostics()].map((d) => {
    const line = d.start === undefined ? '' : text.slice(0, d.start).split('\n').at(-1) + text.slice(d.start).split('\n')[0];
    return `${ts.flattenDiagnosticMessageText(d.messageText, ' ')} in ${line.slice(0, 2000)}`;
  });
}

export const recordedEvents = () => new Set([...seen.values()].filter((v) => v.rule.type.includes('Event')).flatMap((v) => v.item.data ?? [v.item]).map((e) => e.type));
