import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findPolicies } from '../../src/workflows/find-policy.ts';
import { temporaryFolder } from '../support/run-cli.ts';

const VALID = 'version: "1"\ndefault: deny\ntools: {}\n';

/** Where the policies of servers go; `named` is what the project file says. */
async function places(
  t: TestContext,
  names: readonly string[],
  { named = {}, there = [] }: { named?: Record<string, string>; there?: readonly string[] } = {},
): Promise<string[]> {
  const directory = temporaryFolder(t);
  mkdirSync(join(directory, 'policies'));
  for (const path of there)
    writeFileSync(
      join(directory, path),
      path.endsWith('json') ? JSON.stringify({ version: '1', default: 'deny', tools: {} }) : VALID,
    );
  const servers = new Map(Object.entries(named).map(([name, policy]) => [name, { policy }]));
  const found = await findPolicies(names, { servers, directory, format: 'yaml' });
  return found.map(({ inProject, existing }) => `${inProject}${existing === null ? '' : ' (there)'}`);
}

const CASES: readonly (readonly [
  what: string,
  names: string[],
  options: Parameters<typeof places>[2],
  places: string[],
])[] = [
  ['a new policy is named for its server', ['a'], {}, ['policies/a.yaml']],
  ['what the project file names is taken', ['a'], { named: { a: 'mine.json' } }, ['mine.json']],
  [
    'a policy that stands there is gone on with, in its format',
    ['a'],
    { there: ['policies/a.json'] },
    ['policies/a.json (there)'],
  ],
  ['a name that another server has is left to it', ['b'], { named: { a: 'policies/b.yaml' } }, ['policies/b-2.yaml']],
  ['two names that look alike as files do not meet', ['a b', 'a/b'], {}, ['policies/a-b.yaml', 'policies/a-b-2.yaml']],
];
for (const [what, names, options, expected] of CASES)
  test(what, async (t) => assert.deepEqual(await places(t, names, options), expected));

const REFUSALS: readonly (readonly [what: string, named: Record<string, string>, code: string])[] = [
  ['above the directory', { a: '../a.yaml' }, 'POLICY_ELSEWHERE'],
  ['anywhere in the file system', { a: '/tmp/a.yaml' }, 'POLICY_ELSEWHERE'],
  ['the directory itself', { a: '.' }, 'POLICY_ELSEWHERE'],
  ['the same file for two servers', { a: 'p.yaml', b: './p.yaml' }, 'POLICY_SHARED'],
];
for (const [what, named, code] of REFUSALS)
  test(`a project file cannot name ${what}`, (t) => assert.rejects(places(t, ['a'], { named }), { code }));
