/** The real gateway as a listener, in front of servers that a project file names. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { BIN, plainEnvironment, type Ran, run, temporaryFolder } from './run-cli.ts';

export interface ListenerRun {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly stateFile: string;
  /** The address of a server. */
  url(server?: string): string;
  /** Without a slash at the end. */
  readonly root: string;
  policyFile(server?: string): string;
  /** Gives a token for the server. */
  grant(label: string, ...words: string[]): Promise<string>;
  /** Another command on the same state. */
  cli(...words: string[]): Promise<Ran>;
  stdout(): string;
  stderr(): string;
  readonly exited: Promise<number | null>;
}

export interface ListenerOptions {
  /** How each server is reached, as policylayer.yaml has it; all of them under the policy. */
  readonly servers: Readonly<Record<string, object>>;
  readonly policy: unknown;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly listen?: string;
  /** A Redis; else a file of its own. */
  readonly state?: string;
  /** Runs before it starts. */
  readonly before?: (state: string) => Promise<void>;
}

export async function startListener(test: TestContext, options: ListenerOptions): Promise<ListenerRun> {
  const folder = temporaryFolder(test);
  const stateFile = options.state ?? join(folder, 'state.db');
  const names = Object.keys(options.servers);
  mkdirSync(join(folder, 'policies'));
  const policyFile = (server = names[0] ?? ''): string => join(folder, 'policies', `${server}.json`);
  for (const name of names) writeFileSync(policyFile(name), JSON.stringify(options.policy));
  const servers = Object.fromEntries(
    names.map((name) => [name, { policy: `policies/${name}.json`, ...options.servers[name] }]),
  );
  writeFileSync(join(folder, 'policylayer.yaml'), JSON.stringify({ version: '1', servers }));
  await options.before?.(stateFile);
  const args = ['gateway', '--listen', options.listen ?? '127.0.0.1:0', '--state', stateFile, ...(options.flags ?? [])];
  const env = { ...plainEnvironment(), HOME: folder, USERPROFILE: folder, ...options.env };
  const child = spawn(process.execPath, [BIN, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  test.after(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const addresses = new Map<string, string>();
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      for (const [, name = '', at = ''] of stderr.matchAll(/^Listening for "(.*)" at (\S+)\n/gm))
        addresses.set(name, at);
      if (addresses.size === names.length) resolve();
    });
    void exited.then(() => reject(new Error(`The gateway ended. It wrote: ${stderr}`)));
  });
  const url = (server = names[0] ?? ''): string => addresses.get(server) ?? '';
  const cli = (...words: string[]): Promise<Ran> => run([...words, '--state', stateFile], { cwd: folder });
  return {
    child,
    folder,
    stateFile,
    url,
    root: new URL(url()).origin,
    policyFile,
    cli,
    async grant(label, ...words) {
      const { stdout: token, stderr: why } = await cli('grant', 'add', label, ...words);
      if (token === '') throw new Error(why);
      return token.trim();
    },
    stdout: () => stdout,
    stderr: () => stderr,
    exited,
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** One request with exactly these headers, whatever fetch would allow. */
export function ask(
  url: string,
  { method = 'POST', headers = {}, body = '' }: { method?: string; headers?: object; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers: { ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

export const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** Posts a message. */
export const post = (url: string, message: unknown, headers: object = {}): Promise<Answer> =>
  ask(url, {
    headers: { ...JSON_HEADERS, ...headers },
    body: typeof message === 'string' ? message : JSON.stringify(message),
  });
