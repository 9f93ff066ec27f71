import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, displayWidth, pad } from '../../src/render/text/display-width.ts';
import { printable } from '../../src/render/text/printable.ts';
import { ruleWords } from '../../src/render/text/rule-words.ts';
import { renderTable } from '../../src/render/text/table.ts';
import { toolName } from '../../src/render/text/tool-name.ts';

const ESC = '\u001B';

const PRINTED: readonly (readonly [what: string, text: string, printed: string])[] = [
  ['plain text', 'list_files', 'list_files'],
  ['a colour', `${ESC}[31mred${ESC}[0m`, 'red'],
  ['a title for the window', `a${ESC}]0;title\u0007b`, 'ab'],
  ['a link', `${ESC}]8;;http://a.example${ESC}\\text${ESC}]8;;${ESC}\\`, 'text'],
  ['the one-byte form of an escape', 'a\u009B2Jb', 'ab'],
  ['an escape without an end', `read${ESC}]_and_delete`, 'read_and_delete'],
  ['line breaks', 'a\nb\r\nc\u2028d', 'a⏎b⏎c⏎d'],
  ['a tab', 'a\tb', 'a b'],
  ['a direction override', 'abc\u202Egnp', 'abcgnp'],
  ['zero-width characters', 'a\u200Bb\u2060c\uFEFFd', 'abcd'],
  ['tag characters', 'a\u{E0041}b', 'ab'],
  ['half of a character', 'a\uD83Db', 'a\uFFFDb'],
  ['other alphabets', '読み取り 🚀', '読み取り 🚀'],
];

for (const [what, text, printed] of PRINTED) test(`printable: ${what}`, () => assert.equal(printable(text), printed));

test('printable text is bounded and shows that it was cut', () => {
  assert.equal(printable('x'.repeat(5000), { maxChars: 10 }), 'xxxxxxxxx…');
  assert.equal(printable('x'.repeat(10), { maxChars: 10 }), 'x'.repeat(10));
  assert.equal(printable('🚀'.repeat(10), { maxChars: 4 }), '🚀…');
});

test('a text of a million escapes is printed at once', () => {
  assert.equal(printable(`${ESC}]`.repeat(1_000_000)), '…');
});

test('wide characters count double, and are never cut in half', () => {
  assert.equal(displayWidth('読み取り'), 8);
  assert.equal(pad('読み', 6), '読み  ');
  assert.equal(cut('読み取り', 6), '読み…');
  assert.equal(cut('読み取り', 8), '読み取り');
  assert.equal(displayWidth(cut('👩‍👩‍👧 family', 3)), 3);
  assert.equal(cut('abc', 0), '');
});

test('a table never gets wider than the terminal, however narrow', () => {
  const columns = [{ title: 'Tool', shrinksTo: 4 }, { title: 'Risk' }, { title: 'Effects', shrinksTo: 4 }];
  const rows = [['delete_everything_読み取り', 'critical', 'destructive, private']].map((row) =>
    row.map((text) => ({ text })),
  );
  for (const width of [60, 40, 25, 10, 5]) {
    const lines = renderTable(columns, rows, { width, paintTitle: (text) => text });
    assert.ok(
      lines.every((line) => displayWidth(line.trimEnd()) <= width),
      `wider than ${width}: ${lines.join('\n')}`,
    );
  }
});

test('where a table cannot shrink enough, the columns that are missed least are left out', () => {
  const columns = [
    { title: 'Tool', shrinksTo: 4 },
    { title: 'Kind', dispensable: 2 },
    { title: 'Why', dispensable: 1 },
  ];
  const rows = [['delete_everything', 'Write', 'because'].map((text) => ({ text }))];
  const heads = [40, 18, 10].map((width) => renderTable(columns, rows, { width, paintTitle: (text) => text })[0]);
  assert.deepEqual(
    heads.map((head) => head?.trim().split(/ +/)),
    [['Tool', 'Kind', 'Why'], ['Tool', 'Why'], ['Tool']],
  );
});

test('a table of any length is rendered', () => {
  const rows = Array.from({ length: 300_000 }, () => [{ text: 'a' }]);
  assert.equal(renderTable([{ title: 'Tool' }], rows, { width: 80, paintTitle: (text) => text }).length, 300_001);
});

test('a name of which nothing would be seen says so', () => {
  assert.equal(toolName('\u200B '), '(name without a visible character)');
  assert.equal(toolName('a\u200Bb'), 'ab');
});

const limits = (max: number, window: 'minute' | 'day') => [{ counter: 'a', window, max, scope: 'grant' as const }];
const always = [{ conditions: [] }];
const sometimes = [{ conditions: [{ path: 'args.a', op: 'exists' as const, value: true }] }];

const WORDS: readonly (readonly [words: string, rule: Parameters<typeof ruleWords>[0]['rule'], hidden?: boolean])[] = [
  ['allow', {}],
  ['limit 30/min', { limits: limits(30, 'minute') }],
  ['limit 5/day', { limits: limits(5, 'day') }],
  ['deny', { deny_if: always }],
  ['ask', { require_approval: sometimes }],
  ['conditions, limit 30/min', { deny_if: sometimes, limits: limits(30, 'minute') }],
  ['conditions', { require: sometimes }],
  ['review first: denied', null],
  ['hide', null, true],
];

for (const [words, rule, hidden = false] of WORDS)
  test(`${JSON.stringify(rule)}${hidden ? ', hidden,' : ''} reads "${words}"`, () =>
    assert.equal(ruleWords({ rule, hidden, needsReview: false }), words));

test('a tool that has a rule but needs review says so', () => {
  assert.equal(ruleWords({ rule: {}, hidden: false, needsReview: true }), 'allow, review');
});
