import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { compilePolicy } from '../../src/core/policy/compile-policy.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import type { EnforcementOptions } from '../../src/gateway/enforcement.ts';
import { createEnforcer } from '../../src/gateway/enforcer.ts';
import type { JsonRpc } from '../../src/gateway/message/json-rpc.ts';
import { createSession } from '../../src/gateway/session.ts';
import type { Verdict } from '../../src/gateway/verdict.ts';
import { loadLinearRegex } from '../../src/io/policy/linear-regex.ts';
import { openStore } from '../../src/io/state/open-store.ts';
import { enforcementOver } from '../support/enforcement-over.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { fixedPolicy } from './fixed-policy.ts';

const POLICY: Policy = {
  version: '1',
  default: 'deny',
  hide: ['delete_all', 'constructor'],
  tools: {
    read: {},
    pay: { deny_if: [{ conditions: [{ path: 'args.amount', op: 'gt', value: 100 }], on_deny: 'Too much.' }] },
    twice: { limits: [{ counter: 'twice', window: 'day', max: 2, scope: 'grant' }] },
    careful: {
      require_approval: [{ conditions: [] }],
      limits: [{ counter: 'careful', window: 'day', max: 1, scope: 'grant' }],
    },
  },
};

async function connect(test: TestContext, options: Partial<EnforcementOptions> & { readonly rules?: Policy } = {}) {
  const store = await openStore(join(temporaryFolder(test), 'state.db'));
  test.after(() => store.close());
  const policy = compilePolicy(options.rules ?? POLICY, { regex: await loadLinearRegex() });
  const events: string[] = [];
  const enforcer = createEnforcer({
    server: 'shop',
    policy: fixedPolicy(policy),
    ...enforcementOver(store),
    approvalTimeoutMs: 2000,
    log: ({ event }) => events.push(event),
    ...options,
  });
  const sent: JsonRpc[] = [];
  const session = createSession({
    caller: { grant: 'local', server: 'shop' },
    grant: 'local',
    toClient: (message) => sent.push(message) > 0,
  });
  const send = async (message: JsonRpc): Promise<Verdict> => enforcer.fromClient(message, session);
  const sendWhole = async (message: JsonRpc): Promise<Verdict> => {
    const verdict = await send(message);
    return verdict.later ?? verdict;
  };
  const records = async (): Promise<string[]> => {
    await enforcer.settled();
    const rows: string[] = [];
    for await (const { outcome, tool, rule } of store.audit.entries()) rows.push(`${outcome} ${tool} ${rule}`);
    return rows;
  };
  return { enforcer, session, store, sent, send, sendWhole, records, events };
}

const call = (id: unknown, name: unknown, args?: unknown, more: object = {}): JsonRpc => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, ...(args !== undefined && { arguments: args }), ...more },
});

const resultOf = <Result>({ answer }: Verdict): Result => answer?.result as Result;

const textOf = ({ answer }: Verdict): string => {
  const { result, error } = answer as { result?: { content: { text: string }[] }; error?: { message: string } };
  return result?.content[0]?.text ?? error?.message ?? '';
};

test('an allowed call goes on as the very message that came', async (t) => {
  const { send, records } = await connect(t);
  const message = call(1, 'read', { path: 'a' });
  assert.equal((await send(message)).forward, message);
  assert.deepEqual(await records(), ['allowed read /tools/read']);
});

test('hidden, unlisted and made-up tools are denied in the same words', async (t) => {
  const { send } = await connect(t);
  const texts = [];
  for (const [at, name] of ['delete_all', 'constructor', '__proto__', 'toString', 'made_up'].entries()) {
    const verdict = await send(call(at, name));
    assert.equal(verdict.forward, null);
    assert.equal(resultOf<{ isError: boolean }>(verdict).isError, true);
    texts.push(textOf(verdict).replace(JSON.stringify(name), 'NAME'));
  }
  assert.equal(new Set(texts).size, 1, texts.join('\n'));
});

test('a denied call without an id is dropped, and written down', async (t) => {
  const { send, records } = await connect(t);
  const { id: _, ...message } = call(1, 'delete_all');
  const verdict = await send(message);
  assert.deepEqual([verdict.forward, verdict.answer], [null, null]);
  assert.deepEqual(await records(), ['denied delete_all (hidden)']);
});

const NEVER_SENT: readonly (readonly [what: string, message: JsonRpc])[] = [
  ['arguments that are a text', call(1, 'pay', '{"amount": 1000}')],
  ['arguments that are a list', call(1, 'pay', [{ amount: 1000 }])],
  ['a name that is no text', call(1, ['read'])],
  ['parameters that are a list', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: ['read'] }],
  ['no parameters', { jsonrpc: '2.0', id: 1, method: 'tools/call' }],
  ['an id that cannot be matched', call({ a: 1 }, 'read')],
  ['an id of null', call(null, 'read')],
  ['an id that cannot be given back', call(2 ** 60, 'read')],
  ['a method in another case', { ...call(1, 'read'), method: 'Tools/Call' }],
  ['a method of wide letters', { ...call(1, 'read'), method: 'ｔools/call' }],
  ['a method that is no text', { ...call(1, 'read'), method: ['tools/call'] }],
  ['a second key for the method', { jsonrpc: '2.0', id: 1, method: 'ping', Method: 'tools/call', params: {} }],
  ['a second key with a letter that looks like s', { jsonrpc: '2.0', id: 1, method: 'ping', paramſ: {} }],
  ['a second key for the name', call(1, 'read', {}, { Name: 'delete_all' })],
  ['a second key for the arguments', call(1, 'pay', { amount: 1 }, { ARGUMENTS: { amount: 1000 } })],
  ['an unknown method with the name of a hidden tool', { id: 1, method: 'acme/run', params: { name: 'delete_all' } }],
  ['an unknown method with the name of a conditional tool', { id: 1, method: 'acme/run', params: { tool: 'pay' } }],
  ['an unknown method for tools', { id: 1, method: 'tools/invoke', params: { name: 'made_up' } }],
  ['an unknown method for tools that names none', { id: 1, method: 'tools/run', params: { call: {} } }],
];
for (const [what, message] of NEVER_SENT)
  test(`never sent on: ${what}`, async (t) => {
    const { send } = await connect(t);
    const verdict = await send(message);
    assert.equal(verdict.forward, null);
    assert.ok(verdict.answer);
  });

const UNTOUCHED: readonly JsonRpc[] = [
  { jsonrpc: '2.0', id: 1, method: 'ping' },
  { jsonrpc: '2.0', id: 1, method: 'acme/greet', params: { name: 'Bob' } },
  { jsonrpc: '2.0', id: 1, method: 'prompts/get', params: { name: 'pay' } },
  { jsonrpc: '2.0', id: 1, method: 'acme/run', params: { name: 'read' } },
  { jsonrpc: '2.0', method: 'notifications/acme', params: { name: 'pay' } },
  { jsonrpc: '2.0', id: 'theirs', result: { anything: 1 } },
];
for (const message of UNTOUCHED)
  test(`no concern of a policy: ${JSON.stringify(message)}`, async (t) => {
    const { send } = await connect(t);
    assert.equal((await send(message)).forward, message);
  });

test('a limit lets its number of calls through, and gives back what never reached the server', async (t) => {
  const { send, enforcer, session } = await connect(t);
  assert.ok((await send(call(1, 'twice'))).forward);
  const second = await send(call(2, 'twice'));
  assert.ok(second.forward);
  assert.match(textOf(await send(call(3, 'twice'))), /used up.*room again at/);
  assert.match(textOf({ forward: null, answer: (await second.unreached?.()) ?? null }), /did not reach/);
  assert.ok((await send(call(4, 'twice'))).forward);
  enforcer.fromServer({ jsonrpc: '2.0', id: 1, result: {} }, session);
});

test('a second request with an id in flight is refused', async (t) => {
  const { send } = await connect(t);
  const both = await Promise.all([send(call(1, 'read')), send({ jsonrpc: '2.0', id: 1, method: 'tools/list' })]);
  assert.deepEqual(
    both.map(({ forward }) => forward !== null),
    [true, false],
  );
});

test('hidden tools are gone from a list, and from nothing else', async (t) => {
  const { send, enforcer, session } = await connect(t);
  const list = { id: 1, result: { tools: [{ name: 'read' }, { name: 'delete_all' }], cacheScope: 'public' } };
  await send({ jsonrpc: '2.0', id: 1, method: 'acme/tools' });
  assert.equal(enforcer.fromServer(list, session), list);
  await send({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  const filtered = { id: 1, result: { tools: [{ name: 'read' }], cacheScope: 'private' } };
  assert.deepEqual(enforcer.fromServer(list, session), filtered);
  // The same list once more, as on a stream that a client takes up where it was cut off.
  assert.deepEqual(enforcer.fromServer(list, session), filtered);
});

test('a list that was cancelled and comes nevertheless is read as well', async (t) => {
  const { send, enforcer, session } = await connect(t);
  await send({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  await send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  const list = enforcer.fromServer({ id: 1, result: { tools: [{ name: 'delete_all' }] } }, session);
  assert.deepEqual(list.result, { tools: [] });
});

test('the end of a call is written down with the call', async (t) => {
  const { send, enforcer, session, records } = await connect(t);
  for (const id of [1, 2, 3]) await send(call(id, 'read'));
  enforcer.fromServer({ id: 1, result: { content: [] } }, session);
  enforcer.fromServer({ id: 2, result: { content: [], isError: true } }, session);
  enforcer.endSession(session);
  assert.deepEqual((await records()).slice(3), [
    'answered read /tools/read',
    'failed read /tools/read',
    'unanswered read /tools/read',
  ]);
});

test('calls that were cancelled are not kept in flight, and what comes for them nevertheless is written down', async (t) => {
  const { send, enforcer, session, records } = await connect(t);
  const cancelled = (requestId: number) => ({
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId },
  });
  for (let id = 0; id < 150; id += 1) {
    await send(call(id, 'read', { text: 'a' }));
    await send(cancelled(id));
  }
  assert.equal(session.inFlight.size, 0);
  assert.equal(session.cancelled.size, 100);
  enforcer.fromServer({ id: 149, result: { content: [] } }, session);
  enforcer.fromServer({ id: 148, error: { code: 1, message: 'cancelled' } }, session);
  // Of a round that nobody waits for there is no next one.
  const state = 'more';
  enforcer.fromServer({ id: 147, result: { resultType: 'input_required', requestState: state } }, session);
  enforcer.endSession(session);
  const ends = (await records()).map((row) => row.split(' ')[0]).filter((outcome) => outcome !== 'allowed');
  assert.deepEqual([ends.length, ends.filter((end) => end === 'unanswered').length], [150, 147]);
  assert.deepEqual(ends.slice(50, 53), ['answered', 'failed', 'answered']);
});

test('under --observe everything passes, and what would have been denied is written down', async (t) => {
  const { send, enforcer, session, records, events } = await connect(t, { isObserving: true });
  for (const [id, name] of ['delete_all', 'made_up', 'careful', 'twice', 'twice', 'twice'].entries())
    assert.ok((await send(call(id, name))).forward);
  await send({ jsonrpc: '2.0', id: 'list', method: 'tools/list' });
  const list = { id: 'list', result: { tools: [{ name: 'delete_all' }] } };
  assert.equal(enforcer.fromServer(list, session), list);
  assert.deepEqual(await records(), [
    'would-deny delete_all (hidden)',
    'would-deny made_up (default deny)',
    'would-deny careful /tools/careful/require_approval/0',
    'allowed twice /tools/twice',
    'allowed twice /tools/twice',
    'would-deny twice /tools/twice/limits/0',
  ]);
  assert.equal(events.filter((event) => event === 'would-deny').length, 4);
});

const FORM = { elicitation: {} };
const initialize = (capabilities: object): JsonRpc => ({
  jsonrpc: '2.0',
  id: 'hello',
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities },
});

test('a client that can ask its person is asked, and the answer stays with the gateway', async (t) => {
  const { send, sent, records } = await connect(t);
  await send(initialize(FORM));
  for (const [decision, isLetThrough] of [
    [{ action: 'decline' }, false],
    [{ action: 'accept', content: {} }, false],
    [{ action: 'accept', content: { decision: 'once' } }, true],
  ] as const) {
    const verdict = await send(call(`call ${JSON.stringify(decision)}`, 'careful', { a: 1 }));
    const question = sent.at(-1);
    assert.equal(question?.method, 'elicitation/create');
    assert.deepEqual(await send({ jsonrpc: '2.0', id: question?.id, result: decision }), {
      forward: null,
      answer: null,
    });
    assert.equal((await verdict.later)?.forward !== null, isLetThrough);
  }
  assert.equal((await records()).at(-1), 'approved careful /tools/careful/require_approval/0');
});

test('an approval for the session holds for that tool, and its limits go on counting', async (t) => {
  const { send, sent } = await connect(t);
  await send(initialize(FORM));
  const first = await send(call(1, 'careful'));
  await send({ jsonrpc: '2.0', id: sent.at(-1)?.id, result: { action: 'accept', content: { decision: 'session' } } });
  assert.ok((await first.later)?.forward);
  const second = await send(call(2, 'careful'));
  assert.equal(second.later, undefined);
  assert.match(textOf(second), /used up/);
  assert.equal(sent.length, 1);
});

test('an approval for the session is one of the rule that asked: another rule, or another text of it, asks anew', async (t) => {
  const above = (amount: number) => ({
    conditions: [{ path: 'args.amount', op: 'gt' as const, value: amount }],
    on_deny: `More than ${amount}.`,
  });
  const policyWith = async (...require_approval: ReturnType<typeof above>[]) =>
    compilePolicy(
      { version: '1', default: 'deny', tools: { pay: { require_approval } } },
      { regex: await loadLinearRegex() },
    );
  const source = { ...fixedPolicy(await policyWith(above(10), above(1000))) };
  const { send, sent } = await connect(t, { policy: source });
  await send(initialize(FORM));
  let id = 0;
  const pay = async (amount: number, decision: string): Promise<readonly [asked: string, forward: boolean]> => {
    id += 1;
    const before = sent.length;
    const verdict = await send(call(id, 'pay', { amount }));
    const question = sent.at(before);
    if (question === undefined) return ['', verdict.forward !== null];
    await send({ jsonrpc: '2.0', id: question.id, result: { action: 'accept', content: { decision } } });
    const [asked = ''] = String((question.params as { message: string }).message).split('\n');
    return [asked, (await verdict.later)?.forward !== null];
  };
  assert.deepEqual(await pay(20, 'session'), ['More than 10.', true]);
  assert.deepEqual(await pay(30, 'deny'), ['', true]);
  assert.deepEqual(await pay(2000, 'deny'), ['More than 1000.', false]);
  assert.deepEqual(await pay(2000, 'session'), ['More than 1000.', true]);
  assert.deepEqual(await pay(3000, 'deny'), ['', true]);
  const changed = await policyWith(above(5), above(1000));
  source.refresh = () => changed;
  assert.deepEqual(await pay(3000, 'deny'), ['More than 5.', false]);
});

test('a call that is cancelled while it waits is withdrawn, and its answer comes to nothing', async (t) => {
  const { send, sent } = await connect(t);
  await send(initialize(FORM));
  const verdict = await send(call(1, 'careful'));
  const asked = sent.at(-1);
  assert.deepEqual(await send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } }), {
    forward: null,
    answer: null,
  });
  assert.deepEqual(await verdict.later, { forward: null, answer: null });
  assert.deepEqual(sent.at(-1)?.params, { requestId: asked?.id });
  await send({ jsonrpc: '2.0', id: asked?.id, result: { action: 'accept', content: { decision: 'once' } } });
});

test('where the client cannot ask, another terminal decides', async (t) => {
  const { send, store } = await connect(t);
  for (const [decision, isLetThrough] of [
    ['denied', false],
    ['once', true],
  ] as const) {
    const verdict = await send(call(decision, 'careful', { a: 1 }));
    while ((await store.approvals.list()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const [pending] = await store.approvals.list();
    assert.deepEqual([pending?.tool, pending?.args], ['careful', { a: 1 }]);
    await store.approvals.decide(pending?.id ?? '', decision);
    assert.equal((await verdict.later)?.forward !== null, isLetThrough);
  }
});

test('nobody who answers is a denial', async (t) => {
  const { sendWhole } = await connect(t, { approvalTimeoutMs: 50 });
  assert.match(textOf(await sendWhole(call(1, 'careful'))), /nobody answered/);
});

const STATELESS = {
  _meta: {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': FORM,
  },
};

interface InputRequired {
  readonly resultType: string;
  readonly requestState: string;
  readonly inputRequests: Readonly<Record<string, { readonly method: string }>>;
}

test('in the stateless era the call comes again with the answer, and goes on as it was', async (t) => {
  const { send } = await connect(t);
  const asked = resultOf<InputRequired>(await send(call(1, 'careful', { a: 1 }, STATELESS)));
  assert.equal(asked.resultType, 'input_required');
  const [key = '', request] = Object.entries(asked.inputRequests)[0] ?? [];
  assert.equal(request?.method, 'elicitation/create');
  const yes = { [key]: { action: 'accept', content: { decision: 'once' } } };
  const again = { ...STATELESS, requestState: asked.requestState, inputResponses: yes };

  const other = await send(call(2, 'careful', { a: 2 }, again));
  assert.equal(other.forward, null, 'an answer about other arguments');
  const verdict = await send(call(3, 'careful', { a: 1 }, again));
  assert.deepEqual(verdict.forward, call(3, 'careful', { a: 1 }, STATELESS));
  assert.equal((await send(call(4, 'careful', { a: 1 }, again))).forward, null, 'the same answer again');
});

test('a state that we never gave is asked about again', async (t) => {
  const { send } = await connect(t);
  const yes = { 'policylayer-approval': { action: 'accept', content: { decision: 'session' } } };
  for (const [id, requestState] of ['policylayer:made-up', 'theirs', ''].entries()) {
    const verdict = await send(call(id, 'careful', {}, { ...STATELESS, requestState, inputResponses: yes }));
    assert.equal(resultOf<InputRequired>(verdict).resultType, 'input_required');
  }
});

test('further rounds that the server asks for are the same call, and each is expected once', async (t) => {
  const { send, enforcer, session } = await connect(t);
  const round = { ...STATELESS, requestState: 'abc', inputResponses: {} };
  assert.ok((await send(call(1, 'twice', {}, STATELESS))).forward);
  enforcer.fromServer({ id: 1, result: { resultType: 'input_required', requestState: 'abc' } }, session);
  assert.ok((await send(call(2, 'twice', {}, round))).forward, 'the next round');
  assert.ok((await send(call(3, 'twice', {}, round))).forward, 'counted: the second call');
  assert.equal((await send(call(4, 'twice', {}, round))).forward, null, 'counted: the third');
});

test('a store that fails denies every call, unless that was asked for', async (t) => {
  for (const whenStateFails of ['deny', 'allow'] as const) {
    const { send, store, events } = await connect(t, { whenStateFails });
    await store.close();
    for (const name of ['read', 'twice'])
      assert.equal((await send(call(name, name))).forward !== null, whenStateFails === 'allow');
    assert.ok(events.includes('state-failed'));
  }
});

test('approval is never skipped because the store fails', async (t) => {
  const { sendWhole, store } = await connect(t, { whenStateFails: 'allow' });
  await store.close();
  assert.equal((await sendWhole(call(1, 'careful'))).forward, null);
});

test('the promise to tell of changed lists is added to that of the server', async (t) => {
  const { send, enforcer, session } = await connect(t);
  await send(initialize({}));
  const hello = { id: 'hello', result: { protocolVersion: '2025-11-25', capabilities: { tools: {}, logging: {} } } };
  assert.deepEqual((enforcer.fromServer(hello, session).result as JsonRpc).capabilities, {
    tools: { listChanged: true },
    logging: {},
  });
  assert.deepEqual(enforcer.listChanged(session), [{ jsonrpc: '2.0', method: 'notifications/tools/list_changed' }]);
});
