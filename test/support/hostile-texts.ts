/** Texts that try to get a call past a policy, and what calls a reader of any kind could see in what got through. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Node, parseTree } from 'jsonc-parser';

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
/** What a client may write in one piece. */
export const hostileText = fc.oneof(
  { weight: 5, arbitrary: message },
  fc.array(message, { maxLength: 3 }).map((all) => `[${all.join(',')}]`),
  fc.tuple(message, message, fc.constantFrom('', '\r', '\0', ' ')).map((all) => all.join('')),
  fc.tuple(message, fc.nat(60)).map(([whole, cut]) => whole.slice(0, cut)),
);

interface Call {
  readonly name: string;
  readonly amounts: readonly unknown[];
}

/** Every call that some reader could see in lines: the first or the last of a key, keys in any case, `\r` as an end. */
export const callsInLines = (received: string): Call[] => received.split(/[\n\r]/).flatMap(callsIn);

/** The same in one text. */
export function callsIn(received: string): Call[] {
  const root = parseTree(received, [], { disallowComments: true });
  return (root?.type === 'array' ? (root.children ?? []) : root === undefined ? [] : [root]).flatMap(callsAt);
}

function callsAt(node: Node): Call[] {
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

/** Fails where one of them is not allowed by GATEWAY_POLICY. */
export function assertAllowed(calls: readonly Call[], received: string): void {
  for (const { name, amounts } of calls) {
    assert.ok(ALLOWED.has(name), `${name} was called: ${received}`);
    if (name === 'pay')
      for (const amount of amounts) assert.ok(!(typeof amount === 'number' && amount > 100), `paid: ${received}`);
  }
}
