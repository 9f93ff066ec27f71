/**
 * A stdio server whose one tool, "do", does step by step what its arguments say. By hand, so that it can also do what no
 * SDK would.
 *
 *   node scripted-server.js FILE [switches]     what it reads goes to FILE
 *
 * --stateless speaks the revision without sessions alone; --mute answers nothing; --unready ignores, and --fragile ends
 * at, what comes before initialize; --stubborn stays when it is told to end.
 */
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [record = '', ...switches] = process.argv.slice(2);
const isStateless = switches.includes('--stateless');
const SUBSCRIPTION = 'io.modelcontextprotocol/subscriptionId';

type Step = readonly [what: string, ...rest: unknown[]];

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: {
    readonly name?: string;
    readonly arguments?: { readonly steps?: readonly Step[] };
    readonly steps?: readonly Step[];
    readonly requestState?: string;
    readonly requestId?: unknown;
    readonly _meta?: { readonly progressToken?: unknown };
  };
  readonly result?: unknown;
}

const send = (message: object): void =>
  void process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const asked = new Map<unknown, (answer: unknown) => void>();
const held = new Map<unknown, () => void>();
const subscriptions = new Set<number | string>();
let questions = 0;

if (switches.includes('--stubborn')) {
  process.on('SIGTERM', () => {});
  setInterval(() => {}, 1000);
}
appendFileSync(record, `${process.pid} started\n`);
createInterface({ input: process.stdin }).on('line', (line) => {
  appendFileSync(record, `${process.pid} ${line}\n`);
  const read = JSON.parse(line);
  for (const message of Array.isArray(read) ? read : [read]) if (!switches.includes('--mute')) void take(message);
});

async function take(message: Message): Promise<void> {
  const { id, method, params } = message;
  if (method === undefined) return asked.get(id)?.(message.result);
  if (method === 'notifications/cancelled') subscriptions.delete(params?.requestId as number);
  // What is done then belongs to no request.
  if (method === 'notifications/do') await done(message);
  if (id === undefined) return;
  if (method === 'server/discover' && switches.includes('--unready')) return;
  if (method === 'server/discover' && switches.includes('--fragile')) process.exit(1);
  if (method === 'subscriptions/listen') {
    subscriptions.add(id);
    send({
      method: 'notifications/subscriptions/acknowledged',
      params: { notifications: {}, _meta: { [SUBSCRIPTION]: id } },
    });
    return;
  }
  if (method === 'initialize' && isStateless)
    return send({ id, error: { code: -32022, message: 'Unsupported', data: { supported: ['2026-07-28'] } } });
  if (method === 'tools/call') return send({ id, ...(await done(message)) });
  const result = resultOf(method);
  send(result === null ? { id, error: { code: -32601, message: 'Method not found' } } : { id, result });
}

function resultOf(method: string): object | null {
  const serverInfo = { name: 'scripted', version: '1' };
  if (method === 'initialize') return { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo };
  if (method === 'server/discover' && isStateless)
    return {
      resultType: 'complete',
      supportedVersions: ['2026-07-28'],
      capabilities: { tools: {} },
      ttlMs: 0,
      cacheScope: 'public',
    };
  if (method === 'tools/list')
    return {
      tools: ['do', 'hidden'].map((name) => ({ name, inputSchema: { type: 'object' } })),
      ...(isStateless && { resultType: 'complete', ttlMs: 0, cacheScope: 'public' }),
    };
  return method === 'ping' ? {} : null;
}

async function done({ params }: Message): Promise<object> {
  const answers: unknown[] = [];
  for (const [what, ...rest] of params?.arguments?.steps ?? params?.steps ?? []) {
    const [first, second] = rest;
    if (what === 'say') send({ method: first, params: second });
    if (what === 'progress')
      send({
        method: 'notifications/progress',
        params: { progressToken: params?._meta?.progressToken, progress: first },
      });
    if (what === 'change')
      for (const id of subscriptions)
        send({ method: 'notifications/tools/list_changed', params: { _meta: { [SUBSCRIPTION]: id } } });
    if (what === 'ask') answers.push(await ask(String(first), second));
    if (what === 'hold') await new Promise<void>((resolve) => held.set(first, resolve));
    if (what === 'wait') await new Promise((resolve) => setTimeout(resolve, Number(first)));
    if (what === 'release') held.get(first)?.();
    if (what === 'env') answers.push(process.env[String(first)] ?? null);
    if (what === 'touch') appendFileSync(String(first), '');
    if (what === 'big') answers.push('x'.repeat(Number(first)));
    if (what === 'exit') process.exit(Number(first));
    if (what === 'deaf') {
      process.stdin.pause();
      setInterval(() => {}, 1000);
    }
    if (what === 'fail') return { error: { code: first, message: 'as asked' } };
    if (what === 'more' && params?.requestState === undefined)
      return { result: { resultType: 'input_required', inputRequests: {}, requestState: 'round-1' } };
  }
  const text = JSON.stringify({ pid: process.pid, answers });
  return { result: { content: [{ type: 'text', text }], ...(isStateless && { resultType: 'complete' }) } };
}

function ask(method: string, params: unknown): Promise<unknown> {
  questions += 1;
  const id = `question-${questions}`;
  send({ id, method, params });
  return new Promise((resolve) => asked.set(id, resolve));
}
