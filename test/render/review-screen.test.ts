import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveText } from '../../src/cli/terminal/live-lines.ts';
import type { Classification } from '../../src/core/classification.ts';
import type { ToolReview } from '../../src/core/policy/recommend/review.ts';
import {
  nameColumns,
  reviewDetail,
  reviewKeys,
  reviewLines,
  reviewLineText,
  reviewTitle,
} from '../../src/render/init/review-screen.ts';
import { displayWidth } from '../../src/render/text/display-width.ts';

const HOSTILE = '\u001B[2Jwipe\u202E\nline';

const verdict = (name: string, parts: Partial<Classification> = {}): Classification => ({
  name,
  category: 'Write',
  class: 'Write',
  effects: ['send'],
  risk: 'medium',
  confidence: 1,
  needsReview: false,
  source: 'rules',
  reason: `So says ${HOSTILE}.`,
  evidence: [{ rule: 'x', field: HOSTILE, quote: HOSTILE, says: 'Write' }],
  rule: {},
  hidden: false,
  ...parts,
});
const review = (name: string, parts: Partial<Classification> = {}): ToolReview => ({
  verdict: verdict(name, parts),
  digest: null,
  standing: 'changed',
  current: { rule: null, hidden: false },
});
const reviews = [
  review('read'),
  review(HOSTILE, { risk: 'critical' }),
  review('x'.repeat(500)),
  review('名前'.repeat(30)),
];

test('the worst come first, under their risk', () => {
  const shown = reviewLines(reviews).map((line) =>
    line.kind === 'risk' ? line.risk : line.review.verdict.name.slice(0, 4),
  );
  assert.deepEqual(shown.slice(0, 4), ['critical', HOSTILE.slice(0, 4), 'medium', 'read']);
});

for (const columns of [20, 40, 80, 200])
  test(`on ${columns} columns no line is wider than the screen, and none can steer the terminal`, () => {
    const lines = reviewLines(reviews);
    const options = { color: false, columns };
    const names = nameColumns(lines, columns);
    const entry = { rule: {}, hidden: false };
    const shown = [
      reviewTitle(HOSTILE, { at: 0, of: 2, entries: [entry] }, options),
      ...lines.map((line) => reviewLineText(line, { entry, isActive: true, names }, options)),
      ...reviews.flatMap((each) => reviewDetail(each, { ...options, maxLines: 6 })),
      ...liveText(new Map([[HOSTILE, HOSTILE]]), { columns, rows: 10, failed: new Set() }).split('\n'),
    ];
    for (const line of shown) {
      assert.ok(displayWidth(line) < columns, `${displayWidth(line)}: ${line}`);
      assert.doesNotMatch(line, /[\p{Cc}\u202E]/u);
    }
  });

test('the keys are explained in as many lines as it takes', () => {
  assert.equal(reviewKeys({ color: false, columns: 200 }).length, 1);
  const narrow = reviewKeys({ color: false, columns: 30 });
  assert.ok(
    narrow.every((line) => line.length < 30),
    narrow.join('\n'),
  );
  assert.match(narrow.join(' '), /a allow.*h hide.*w why.*esc back/);
});

test('of many servers those that are done give way to those that are not', () => {
  const servers = new Map(Array.from({ length: 40 }, (_, at) => [`s${at}`, at < 30 ? null : 'connecting']));
  const lines = liveText(servers, { columns: 80, rows: 10, failed: new Set() }).split('\n');
  assert.equal(lines.length, 8);
  assert.equal(lines[0], '30 of 40 done');
  assert.ok(lines.slice(1).every((line) => line.endsWith('connecting')));
});

test('a server that could not be listed is not called done', () => {
  const servers = new Map([
    ['lists', null],
    ['dies', null],
    ['waits', 'connecting'],
  ]);
  assert.equal(
    liveText(servers, { columns: 80, rows: 10, failed: new Set(['dies']) }),
    '2 of 3 done, 1 failed\n    lists: done\n    dies: failed\n    waits: connecting',
  );
});
