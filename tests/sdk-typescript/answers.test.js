// The check that the other tests put on every answer must be able to fail.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedFetch } from './answers.js';

test('an answer that is not as the document says is noticed', async () => {
  const url = `${process.env.REVERIE_URL}/v1/memory_stores`, real = globalThis.fetch;
  const answering = (status, body) => async () => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  const store = { id: 'memstore_a', type: 'memory_store', name: 'a', description: '', metadata: {}, created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z', archived_at: null };
  try {
    globalThis.fetch = answering(200, { data: [store], next_page: null });
    await checkedFetch(url);
    for (const [status, body] of [[200, { data: [{ ...store, id: 'mem_a' }], next_page: null }], [200, { data: [{ ...store, created_at: 'today' }], next_page: null }], [200, { data: [] }],
      [200, { data: [{ ...store, archived_at: undefined }], next_page: null }], [404, { error: 'not found' }]]) {
      globalThis.fetch = answering(status, body);
      await assert.rejects(checkedFetch(url), assert.AssertionError);
    }
  } finally {
    globalThis.fetch = real;
  }
});
