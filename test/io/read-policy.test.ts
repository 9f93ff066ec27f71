import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathText } from '../../src/core/policy/json-pointer.ts';
import { readPolicy } from '../../src/io/policy/read-policy.ts';
import { temporaryFolder } from '../support/run-cli.ts';

function written(t: TestContext, name: string, text: string | Buffer): string {
  const path = join(temporaryFolder(t), name);
  writeFileSync(path, text);
  return path;
}

const read = (t: TestContext, name: string, text: string) => readPolicy(written(t, name, text));

const places = async (t: TestContext, name: string, text: string): Promise<string[]> =>
  (await read(t, name, text)).problems.map(
    ({ line, column, path, message }) => `${line}:${column} ${pathText(path)} ${message}`,
  );

const YAML = `# A policy.
version: "1"
default: deny
tools:
  "a b":
    limits: &two
      - counter: c
        window: week
        max: 1
        scope: grant
  c: { limits: *two, deny: [] }
`;

test('problems stand where they are in YAML, also behind an alias', async (t) => {
  const week = 'window must be one of "minute", "hour" or "day", not "week"';
  assert.deepEqual(await places(t, 'p.yaml', YAML), [
    `8:9 tools["a b"].limits[0].${week}`,
    `8:9 tools.c.limits[0].${week}`,
    '11:22 tools.c.deny is no key that can be here: did you mean "deny_if"?',
  ]);
});

test('problems stand where they are in JSON', async (t) => {
  const text =
    '{\n  "version": "1",\r\n  "default": "maybe",\n  "tools": { "t": { "limit": [],\n\t"deny_if": [ {} ] } }\n}';
  assert.deepEqual(await places(t, 'p.json', text), [
    '3:3 default must be one of "deny" or "allow", not "maybe"',
    '4:21 tools.t.limit is no key that can be here: did you mean "limits"?',
    '5:15 tools.t.deny_if[0].conditions is missing: it must be a list',
  ]);
});

test('a key that is there twice is refused, beside all else that is wrong: two readers could take two different ones', async (t) => {
  const json = '{"version":"1","default":"deny","tools":{"t":{},\n"t":{"deny_if":[{"conditions":[]}]}}}';
  assert.deepEqual(await places(t, 'p.json', json), ['2:1 tools.t is there twice']);
  assert.deepEqual(await places(t, 'p.yaml', 'version: "1"\ndefault: deny\ntools: {}\ntools: { a: {} }\n'), [
    '4:1 tools is there twice',
  ]);
  assert.ok((await places(t, 'p.json', '{"__proto__":1,"__proto__":2}')).includes('1:16 __proto__ is there twice'));
  const nested = 'version: "1"\ndefault: maybe\ntools:\n  a: {}\n  a: {}\n';
  assert.deepEqual(await places(t, 'p.yaml', nested), [
    '2:1 default must be one of "deny" or "allow", not "maybe"',
    '5:3 tools.a is there twice',
  ]);
});

test('names are tools whatever they look like', async (t) => {
  const json = '{"version":"1","default":"deny","tools":{"__proto__":{},"constructor":{},"7":{},"":{}}}';
  const yaml = 'version: "1"\ndefault: deny\ntools: { __proto__: {}, constructor: {}, 7: {}, "": {}, yes: {} }\n';
  const names = async (name: string, text: string) =>
    Object.keys((await read(t, name, text)).policy?.tools ?? {}).sort();
  assert.deepEqual(await names('p.json', json), ['', '7', '__proto__', 'constructor']);
  assert.deepEqual(await names('p.yaml', yaml), ['', '7', '__proto__', 'constructor', 'yes']);
});

test('a long name that a scan wrote can be read again', async (t) => {
  const name = 'x'.repeat(5000);
  const { policy } = await read(t, 'p.json', JSON.stringify({ version: '1', default: 'deny', tools: { [name]: {} } }));
  assert.deepEqual(Object.keys(policy?.tools ?? {}), [name]);
});

test('a file without a telling name is read as what it looks like; JSON is strict', async (t) => {
  const json = '{"version":"1","default":"deny","tools":{}}';
  assert.notEqual((await read(t, 'policy', json)).policy, null);
  assert.notEqual((await read(t, 'policy', '\uFEFFversion: "1"\ndefault: deny\ntools: {}')).policy, null);
  assert.deepEqual(await places(t, 'p.json', '{"version":"1",}'), [
    '1:16 the policy is not JSON: expected a name in double quotes, found "}"',
  ]);
});

test('the place of a rule is known; of what is no rule of the file it is not', async (t) => {
  const file = await read(
    t,
    'p.yaml',
    'version: "1"\ndefault: deny\ntools:\n  a/b:\n    deny_if:\n      - conditions: []\n',
  );
  assert.equal(file.placeOfRule('/tools/a~1b/deny_if/0')?.line, 6);
  assert.equal(file.placeOfRule('(default deny)'), null);
});

test('what is built to break readers is a problem like any other', async (t) => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(',')}]`)
    .join('\n')}\n`;
  const hostile = {
    'bomb.yaml': bomb,
    'loop.yaml': 'version: &a [*a]\n',
    'deep.json': '['.repeat(200_000) + ']'.repeat(200_000),
    'deep.yaml': '['.repeat(20_000) + ']'.repeat(20_000),
    'empty.yaml': '',
    'empty.json': '',
    'two.yaml': 'version: "1"\n---\nversion: "1"\n',
    'tag.yaml': '!!js/function x\n',
  };
  for (const [name, text] of Object.entries(hostile)) {
    const { policy, problems } = await read(t, name, text);
    assert.equal(policy, null, name);
    assert.ok(problems.length > 0 && problems.every(({ line }) => line > 0), name);
  }
});

test('a second document is told of in words for whoever wrote it', async (t) => {
  const { problems } = await read(t, 'two.yaml', 'version: "1"\n---\nversion: "1"\n');
  assert.deepEqual(
    problems.map(({ line, message }) => [line, message]),
    [[2, 'is more than one document']],
  );
});

test('what is no text, too large or not there is said, and nothing else is', async (t) => {
  const refused = (path: string, because: RegExp) =>
    assert.rejects(readPolicy(path), { code: 'TEXT_UNREADABLE', because });
  await refused(join(temporaryFolder(t), 'none.yaml'), /ENOENT/);
  await refused(temporaryFolder(t), /EISDIR/);
  await refused(written(t, 'a.yaml', Buffer.from([0xff, 0xfe, 0x41])), /UTF-8/);
  await refused('/dev/zero', /larger than/);
});

for (const [name, text] of [
  [
    'a.json',
    `{ "version": "1", "default": "deny", "tools": {
  "a": { "limit": [] },
  "b": {},
  "a": { "hide": true },
  "a": { "limits": [{ "counter": "A", "window": "minute", "max": 1, "scope": "grant" }],
         "limits": [{ "counter": "a", "window": "week", "max": 1, "scope": "grant" }] } } }`,
  ],
  [
    'a.yaml',
    `version: "1"\ndefault: deny\ntools: { a: { limit: [] },
  "b": {},
  a: { hide: true },
  a: { limits: [{ counter: A, window: minute, max: 1, scope: grant }],
       limits: [{ counter: a, window: week, max: 1, scope: grant }] } }`,
  ],
] as const)
  test(`of a key that is there several times every copy is looked through: ${name}`, async (t) => {
    const { policy, problems } = await readPolicy(written(t, name, text));
    assert.equal(policy, null);
    assert.deepEqual(
      problems
        .map(({ code, path, line }) => `${line - (problems[0]?.line ?? 0)} ${code} ${path.slice(1).join('.')}`)
        .sort(),
      [
        '0 unknown-key a.limit',
        '2 duplicate-key a',
        '2 unknown-key a.hide',
        '3 duplicate-key a',
        '3 wrong-value a.limits.0.counter',
        '4 duplicate-key a.limits',
        '4 wrong-value a.limits.0.window',
      ],
    );
  });

test('a copy that only an alias in another copy leads to is passed over', async (t) => {
  const text = 'version: "1"\ndefault: deny\ntools: { a: {}, a: &rule { limit: [] }, b: *rule }\n';
  const { problems } = await readPolicy(written(t, 'a.yaml', text));
  assert.deepEqual(new Set(problems.map(({ code }) => code)), new Set(['duplicate-key', 'unknown-key']));
});

test('a policy can come through a pipe', async (t) => {
  const pipe = join(temporaryFolder(t), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reading = readPolicy(pipe);
  await writeFile(pipe, 'version: "1"\ndefault: deny\ntools: {}\n');
  assert.equal((await reading).policy?.default, 'deny');
});
