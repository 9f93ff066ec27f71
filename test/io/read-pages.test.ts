import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_LISTING_BYTES, MAX_PAGES } from '../../src/io/session/listing-limits.ts';
import { RefusedRequest, UnreadableAnswer } from '../../src/io/session/session.ts';
import { readPages } from '../../src/io/tools/read-pages.ts';

const QUIET = { receivedBytes: () => 0, onPage: () => {} };

/** A server whose pages are computed from the cursor. */
const offering = (page: (cursor: string | undefined) => unknown) => ({
  listPage: async (cursor: string | undefined) => page(cursor),
});

test('a server with a new cursor on every page is cut after 10,000 pages', async () => {
  const server = offering((cursor) => ({ tools: [{ name: cursor }], nextCursor: String(Number(cursor ?? 0) + 1) }));
  const { tools, findings } = await readPages(server, QUIET);
  assert.equal(tools.length, MAX_PAGES);
  assert.match(findings[0]?.message ?? '', /more than 10000 pages/);
});

test('a page of more than 100,000 tools is cut to them', async () => {
  const server = offering(() => ({ tools: new Array(250_000).fill({ name: 'x' }) }));
  const { tools, findings } = await readPages(server, QUIET);
  assert.equal(tools.length, 100_000);
  assert.equal(findings[0]?.code, 'pages-cut');
});

test('no further page is asked for when too much text has come', async () => {
  const server = offering((cursor) => ({ tools: [{}], nextCursor: `${cursor}x` }));
  const { tools, findings } = await readPages(server, { ...QUIET, receivedBytes: () => MAX_LISTING_BYTES + 1 });
  assert.equal(tools.length, 1);
  assert.equal(findings[0]?.code, 'pages-cut');
});

for (const end of [undefined, null, '']) {
  test(`the cursor ${JSON.stringify(end)} means the last page`, async () => {
    const { findings } = await readPages(
      offering(() => ({ tools: [], nextCursor: end })),
      QUIET,
    );
    assert.deepEqual(findings, []);
  });
}

test('a cursor that is no text cannot be followed, and is told', async () => {
  const { findings } = await readPages(
    offering(() => ({ tools: [], nextCursor: 5 })),
    QUIET,
  );
  assert.equal(findings[0]?.code, 'pages-cut');
});

test('an answer without a list of tools is an error, never an empty list', async () => {
  for (const answer of [null, 'text', {}, { tools: {} }]) {
    await assert.rejects(
      readPages(
        offering(() => answer),
        QUIET,
      ),
      UnreadableAnswer,
    );
  }
});

test('a later page that is refused is an error: the list would look complete', async () => {
  const server = offering((cursor) => {
    if (cursor !== undefined) throw new RefusedRequest('tools/list', { code: -32601, message: 'no' });
    return { tools: [{}], nextCursor: 'more' };
  });
  await assert.rejects(readPages(server, QUIET), RefusedRequest);
});
