import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clientSpec } from '../../src/core/project/client-spec.ts';
import { looksLikeToken } from '../../src/core/secrets/secret-looking.ts';
import type { HttpSpec, StdioSpec } from '../../src/core/server/server-spec.ts';

const WORDS = [
  '--api-key',
  '-H',
  '--user',
  'a:b',
  '',
  '-e',
  'KEY=value',
  '{"token":"x"}',
  'https://u:p@h/a?key=1&b=2#c',
  'x',
];
const token = fc.stringMatching(/^[A-Za-z0-9]{40}$/).filter(looksLikeToken);
const word = fc.oneof(
  fc.constantFrom(...WORDS),
  token,
  fc.string(),
  token.map((secret) => `--token=${secret}`),
);
const named = fc.dictionary(fc.stringMatching(/^[A-Za-z_-]{1,8}$/), fc.string(), { noNullPrototype: true });

const stdio: fc.Arbitrary<StdioSpec> = fc
  .record({ command: fc.oneof(fc.constantFrom('npx', 'docker', 'x'), word), args: fc.array(word), env: named })
  .map((spec) => ({ kind: 'stdio', name: 'one', ...spec }));
const http: fc.Arbitrary<HttpSpec> = fc
  .record({ url: fc.webUrl({ withQueryParameters: true, withFragments: true }), headers: named })
  .map((spec) => ({ kind: 'http', name: 'one', ...spec }));

test('a server of a client is reached with exactly what its configuration says, whatever looks like a secret in it', () => {
  fc.assert(
    fc.property(fc.oneof(stdio, http), (spec) => {
      const holder = {
        name: 'one',
        spec,
        written: spec,
        unresolved: [],
        disabled: false,
        client: 'c',
        file: '/f',
        line: 1,
        at: [],
      };
      const server = { ...holder, holders: [{ ...holder, scope: 'user' as const, isBroughtAlong: false }] };
      const { filledIn, package: _, ...reached } = { package: '', ...clientSpec(server, {}) };
      assert.deepEqual(filledIn?.missing, []);
      assert.deepEqual(reached, spec);
    }),
    { numRuns: 2_000, seed: 7 },
  );
});
