/** The real gateway as a process, in front of a server that records what reaches it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BIN, plainEnvironment, temporaryFolder } from './run-cli.ts';

const RECORDER = fileURLToPath(new URL('./recording-server.js', import.meta.url));

export const GATEWAY_POLICY = {
  version: '1',
  default: 'deny',
  hide: ['delete_all'],
  tools: {
    read: {},
    pay: { deny_if: [{ conditions: [{ path: 'args.amount', op: 'gt', value: 100 }], on_deny: 'Too much.' }] },
  },
};

export interface Message {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: { readonly [key: string]: unknown; readonly content?: readonly { readonly text: string }[] };
  readonly error?: { readonly code: number; readonly message: string };
}

export interface GatewayRun {
  readonly child: ChildProcessWithoutNullStreams;
  readonly folder: string;
  readonly policyFile: string;
  readonly stateFile: string;
  /** Writes bytes as they are. */
  write(bytes: string | Buffer): void;
  send(...messages: unknown[]): void;
  /** The next message that fits, however many others come before. */
  next(fits: (message: Message) => boolean): Promise<Message>;
  /** Sends a request and waits for its answer. */
  ask(id: number | string, method: string, params?: unknown): Promise<Message>;
  /** What reached the server. */
  received(): string;
  stdout(): string;
  stderr(): string;
  /** Closes stdin; resolves to the exit code when the process is gone. */
  end(): Promise<number | null>;
  readonly exited: Promise<number | null>;
}

export interface GatewayOptions {
  readonly policy?: unknown;
  readonly flags?: readonly string[];
  readonly server?: readonly string[];
  /** What the gateway stands in front of, in the place of the server that records. */
  readonly target?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Of another gateway, or a Redis; else one of its own. */
  readonly state?: string;
  /** No file may become larger, as if the disk were full: in blocks of the shell. */
  readonly fileBlocks?: number;
}

export function startGateway(test: TestContext, options: GatewayOptions = {}): GatewayRun {
  const folder = temporaryFolder(test);
  const policyFile = join(folder, 'policy.json');
  const stateFile = options.state ?? join(folder, 'state.db');
  const record = join(folder, 'record');
  writeFileSync(policyFile, JSON.stringify(options.policy ?? GATEWAY_POLICY));
  writeFileSync(record, '');
  const args = ['gateway', '--policy', policyFile, '--state', stateFile, ...(options.flags ?? [])];
  const recorder = ['--', process.execPath, RECORDER, record, ...(options.server ?? [])];
  const own = [process.execPath, BIN, ...args, ...(options.target ?? recorder)];
  const bounded = ['sh', '-c', `ulimit -f ${options.fileBlocks}; exec "$@"`, 'sh', ...own];
  const [command = '', ...words] = options.fileBlocks === undefined ? own : bounded;
  const child = spawn(command, words, { cwd: folder, env: { ...plainEnvironment(), ...options.env } });
  test.after(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  const seen: Message[] = [];
  let unfinished = '';
  const waiting: (() => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    unfinished += text;
    // To look through all of it for each piece of a long line would take for ever.
    if (!text.includes('\n')) return;
    const lines = unfinished.split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) seen.push(...[JSON.parse(line)].flat());
    for (const wake of waiting.splice(0)) wake();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => {});
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const next: GatewayRun['next'] = async (fits) => {
    for (;;) {
      const at = seen.findIndex(fits);
      const [found] = at < 0 ? [] : seen.splice(at, 1);
      if (found !== undefined) return found;
      await Promise.race([
        new Promise<void>((resolve) => {
          waiting.push(resolve);
        }),
        exited.then(() => {
          if (!seen.some(fits)) throw new Error(`The gateway ended. It wrote: ${stderr}`);
        }),
      ]);
    }
  };
  const write = (bytes: string | Buffer): void => void child.stdin.write(bytes);
  const send = (...messages: unknown[]): void =>
    write(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  return {
    child,
    folder,
    policyFile,
    stateFile,
    write,
    send,
    next,
    ask(id, method, params) {
      send({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) });
      return next((message) => message.id === id && message.method === undefined);
    },
    received: () => readFileSync(record, 'utf8'),
    stdout: () => stdout,
    stderr: () => stderr,
    end() {
      child.stdin.end();
      return exited;
    },
    exited,
  };
}
