/** The scripted server behind a gateway that listens. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Message } from './http-session.ts';
import { type ListenerOptions, type ListenerRun, startListener } from './listener-run.ts';
import { processIsRunning } from './process-is-running.ts';
import { temporaryFolder } from './run-cli.ts';

export const SCRIPTED = fileURLToPath(new URL('./scripted-server.js', import.meta.url));
export const SCRIPTED_POLICY = { version: '1', default: 'deny', hide: ['hidden'], tools: { do: {} } };

/** What the scripted server writes down. */
export interface Record {
  readonly file: string;
  /** The lines it read, of all its processes. */
  lines(): string[];
  /** The processes that were started, first to last. */
  started(): number[];
}

export function recordIn(test: TestContext): Record {
  const file = join(temporaryFolder(test), 'record');
  const all = (): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);
  return {
    file,
    lines: () => all().map((line) => line.replace(/^\d+ /, '')),
    started: () => all().flatMap((line) => (line.endsWith(' started') ? [Number.parseInt(line, 10)] : [])),
  };
}

export async function startScripted(
  test: TestContext,
  { switches = [], ...options }: { switches?: readonly string[] } & Partial<ListenerOptions> = {},
): Promise<{ readonly gateway: ListenerRun; readonly record: Record }> {
  const record = recordIn(test);
  const scripted = { command: process.execPath, args: [SCRIPTED, record.file, ...switches] };
  const gateway = await startListener(test, {
    policy: SCRIPTED_POLICY,
    ...options,
    servers: { scripted, ...options.servers },
  });
  return { gateway, record };
}

export type Step = readonly [what: string, ...rest: unknown[]];

/** A call that the server does step by step. */
export const doing = (id: number | string, steps: readonly Step[], meta?: object) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'do', arguments: { steps }, ...(meta && { _meta: meta }) },
});

/** The same while no request is open. */
export const doingUnasked = (steps: readonly Step[]) => ({
  jsonrpc: '2.0',
  method: 'notifications/do',
  params: { steps },
});

/** What a call of it said. */
export function saidBy(message: Message | null | undefined): {
  readonly pid: number;
  readonly answers: readonly unknown[];
} {
  const [content] = (message?.result?.content ?? []) as { text: string }[];
  if (content === undefined) throw new Error(JSON.stringify(message));
  return JSON.parse(content.text);
}

export const textIn = ({ result, error }: Message): string =>
  (result?.content as { text: string }[] | undefined)?.[0]?.text ?? error?.message ?? '';

export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

export const untilGone = (processes: readonly number[]): Promise<void> =>
  until(() => processes.every((id) => !processIsRunning(id)));
