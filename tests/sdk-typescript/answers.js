// A fetch that holds every JSON answer against docs/reference/openapi.json.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';

const document = JSON.parse(readFileSync(new URL('../../docs/reference/openapi.json', import.meta.url)));
const ajv = new Ajv({ strict: false, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ } });
ajv.addSchema(document, 'openapi');

const pointer = (...names) => `openapi#/${names.map((n) => encodeURIComponent(n.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
const paths = Object.keys(document.paths).map((path) => ({ path, matches: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))
  // A path without a parameter goes before one that fits too.
  .sort((a, b) => a.path.split('{').length - b.path.split('{').length);

/** What is wrong with the answer; null when it is as the document says. */
function problem(method, url, status, body) {
  const found = paths.find((p) => p.matches.test(new URL(url).pathname));
  if (!found) return 'the document does not know this path';
  const names = status < 300 ? ['paths', found.path, method.toLowerCase(), 'responses', '200'] : ['components', 'responses', 'Error'];
  const validate = ajv.getSchema(pointer(...names, 'content', 'application/json', 'schema'));
  return validate(body) ? null : ajv.errorsText(validate.errors);
}

export async function checkedFetch(url, init) {
  const answer = await fetch(url, init);
  if (answer.headers.get('content-type') === 'application/json') {
    const body = await answer.clone().json();
    const method = init?.method ?? 'GET';
    assert.equal(problem(method, `${url}`, answer.status, body), null, `${method} ${url}: ${JSON.stringify(body).slice(0, 500)}`);
  }
  return answer;
}
