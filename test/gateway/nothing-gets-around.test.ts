/** Whatever a client sends: the calls that reach the server, however the server reads, are calls the policy allows. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Node, parseTree } from 'jsonc-parser';
import { compilePolicy } from '../../src/core/policy/compile-policy.ts';
import { createEnforcer } from '../../src/gateway/enforcer.ts';
import { passText } from '../../src/gateway/pass-text.ts';
import { createSession } from '../../src/gateway/session.ts';
import { loadLinearRegex } from '../../src/io/linear-regex.ts';
import { openStore } from '../../src/io/state/open-store.ts';
import { GATEWAY_POLICY, startGateway } from '../support/gateway-run.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { fixedPolicy } from './fixed-policy.ts';

const ALLOWED = new Set(['read', 'pay']);

const NAMES = ['read', 'pay', 'delete_all', 'made_up', 'constructor', '__proto__', '', 'READ', ' read'];
const METHODS = ['tools/call', 'tools/call', 'tools/call', 'Tools/Call', 'tools/list', 'ping', 'acme/run', 'tools/run'];
const KEYS = ['name', 'Name', 'n\\u0061me', 'tool', 'arguments', 'ARGUMENTS', '_meta'];

const key = (names: readonly string[]) => fc.constantFrom(...names);
const space = fc.constantFrom('', '', '', ' ', '\r', '\t', '\r\r');
const scalar = fc.oneof(
  fc.constantFrom('1', '1000', '"1000"', 'null', 'true', '1e400', '-1', '12345678901234567890', '"\u2028"'),
  fc.constantFrom(...NAMES).map((name) => JSON.stringify(name)),
);
/** An object written by hand, so that a key may be there twice. */
const object = (members: fc.Arbitrary<readonly [string, string]>) =>
  fc
    .tuple(fc.array(members, { maxLength: 4 }), space)
    .map(([all, gap]) => `{${gap}${all.map(([name, value]) => `"${name}":${gap}${value}`).join(`,${gap}`)}${gap}}`);
const args = object(fc.tuple(key(['amount', 'Amount', 'amount', 'x']), scalar));
const params = fc.oneof(
  { weight: 5, arbitrary: object(fc.tuple(key(KEYS), fc.oneof(scalar, args))) },
  fc
    .tuple(fc.constantFrom(...NAMES), args)
    .map(([name, given]) => `{"name":${JSON.stringify(name)},"arguments":${given}}`),
  scalar,
  fc.constantFrom('["delete_all"]', '[]'),
);
const call = fc
  .tuple(fc.constantFrom(...NAMES), args)
  .map(
    ([name, given]) => `{"id":7,"method":"tools/call","params":{"name":${JSON.stringify(name)},"arguments":${given}}}`,
  );
const message = fc.oneof(
  object(
    fc.oneof(
      fc.tuple(
        key(['method', 'method', 'Method', 'm\\u0065thod']),
        fc.constantFrom(...METHODS).map((m) => `"${m}"`),
      ),
      fc.tuple(key(['params', 'params', 'PARAMS']), fc.oneof(params, call)),
      fc.tuple(key(['id', 'result', 'jsonrpc', 'x']), fc.oneof(scalar, call)),
    ),
  ),
  call,
);
const text = fc.oneof(
  { weight: 5, arbitrary: message },
  fc.array(message, { maxLength: 3 }).map((all) => `[${all.join(',')}]`),
  fc.tuple(message, message, fc.constantFrom('', '\r', '\0', ' ')).map((all) => all.join('')),
  fc.tuple(message, fc.nat(60)).map(([whole, cut]) => whole.slice(0, cut)),
);

/** Every call that some reader could see in a line: the first or the last of a key, keys in any case, `\r` as an end. */
function callsIn(received: string): { readonly name: string; readonly amounts: readonly unknown[] }[] {
  return received.split(/[\n\r]/).flatMap((line) => {
    const root = parseTree(line, [], { disallowComments: true });
    return (root?.type === 'array' ? (root.children ?? []) : root === undefined ? [] : [root]).flatMap(callsAt);
  });
}

function callsAt(node: Node): { name: string; amounts: unknown[] }[] {
  if (!valuesOf(node, 'method').some(({ value }) => String(value).toLowerCase().trim() === 'tools/call')) return [];
  return valuesOf(node, 'params').flatMap((given) => {
    const amounts = valuesOf(given, 'arguments').flatMap((each) => valuesOf(each, 'amount').map(({ value }) => value));
    return valuesOf(given, 'name').map(({ value }) => ({ name: String(value), amounts }));
  });
}

const valuesOf = (node: Node, name: string): Node[] =>
  (node.type === 'object' ? (node.children ?? []) : []).flatMap(({ children: [at, value] = [] }) =>
    String(at?.value).toLowerCase() === name && value !== undefined ? [value] : [],
  );

function assertAllowed(received: string): void {
  for (const { name, amounts } of callsIn(received)) {
    assert.ok(ALLOWED.has(name), `${name} was called: ${received}`);
    if (name === 'pay')
      for (const amount of amounts) assert.ok(!(typeof amount === 'number' && amount > 100), `paid: ${received}`);
  }
}

test('no text of a client makes a call reach the server that the policy denies', async (t) => {
  const store = await openStore(join(temporaryFolder(t), 'state.db'));
  t.after(() => store.close());
  const regex = await loadLinearRegex();
  const policy = fixedPolicy(compilePolicy(GATEWAY_POLICY as never, { regex }));
  let passed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (texts) => {
      const enforcer = createEnforcer({
        server: 's',
        policy,
        store,
        isObserving: false,
        whenStateFails: 'deny',
        approvalTimeoutMs: 1000,
        log: () => {},
        now: Date.now,
      });
      const session = createSession({ caller: { grant: 'local', server: 's' }, grant: 'local', toClient: () => true });
      for (const each of texts) {
        const { forward } = await passText(Buffer.from(each), enforcer, session);
        if (forward === null) continue;
        assert.doesNotMatch(String(forward), /[\n\r]/);
        passed += callsIn(String(forward)).length;
        assertAllowed(String(forward));
      }
      await enforcer.settled();
    }),
    { numRuns: 1500 },
  );
  assert.ok(passed > 50, `only ${passed} calls were let through: the test looks at too little`);
});

test('the same through the real gateway, in any pieces', async (t) => {
  const gateway = startGateway(t, { flags: ['--log', 'off'] });
  const texts = fc.sample(text, 400);
  const bytes = Buffer.from(texts.map((each) => `${each}\n`).join(''));
  for (let at = 0; at < bytes.length; at += 997) gateway.write(bytes.subarray(at, at + 997));
  await gateway.ask('the last', 'ping');
  const received = gateway.received();
  assertAllowed(received);
  assert.ok(received.length > 100);
});
