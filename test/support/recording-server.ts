/**
 * A server that writes every byte it reads to a file, and answers every request. By hand, so that it can also do what
 * no SDK would.
 *
 *   node recording-server.js FILE [switches]
 */
import { spawn } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: on, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Lines written to stdout before anything else. */
    say: { type: 'string', multiple: true, default: [] },
    /** Written to stderr at the start. */
    tell: { type: 'string' },
    /** Exits with this code when a call comes. */
    'exit-on-call': { type: 'string' },
    /** Answers calls of this tool only when the next ping comes. */
    hold: { type: 'string' },
    /** Exits with this code when its stdin ends. */
    'exit-on-end': { type: 'string', default: '0' },
    /** Stays when its stdin ends or it is asked to terminate, and starts a process that is as stubborn. */
    stubborn: { type: 'boolean' },
    /** Ends with this code on SIGTERM. */
    'on-term': { type: 'string' },
    /** Writes its id, and those of what it started, to this file. */
    ids: { type: 'string' },
  },
});

const STUBBORN =
  "for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(s, () => {}); setInterval(() => {}, 1000)";
const TOOLS = ['read', 'pay', 'delete_all'].map((name) => ({ name, inputSchema: { type: 'object' } }));

const record = positionals[0] ?? '';
writeFileSync(record, '');
const ids = [process.pid];
if (on.stubborn) {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  setInterval(() => {}, 1000);
  ids.push(spawn(process.execPath, ['-e', STUBBORN], { stdio: 'inherit' }).pid ?? 0);
}
if (on['on-term'] !== undefined) process.on('SIGTERM', () => process.exit(Number(on['on-term'])));
if (on.ids !== undefined) writeFileSync(on.ids, ids.join(' '));
if (on.tell !== undefined) process.stderr.write(on.tell);
for (const line of on.say) process.stdout.write(`${line}\n`);

let unfinished: Buffer[] = [];
const held: string[] = [];
process.stdin.on('data', (chunk: Buffer) => {
  appendFileSync(record, chunk);
  unfinished.push(chunk);
  if (!chunk.includes(10)) return;
  const lines = Buffer.concat(unfinished).toString('utf8').split('\n');
  unfinished = [Buffer.from(lines.pop() ?? '')];
  for (const line of lines) for (const message of messagesIn(line)) answer(message);
});
process.stdin.on('end', () => {
  if (!on.stubborn) process.exit(Number(on['exit-on-end']));
});

interface Message {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: { readonly name?: string; readonly arguments?: unknown };
}

function messagesIn(line: string): Message[] {
  try {
    const parsed = JSON.parse(line);
    return Array.isArray(parsed) ? parsed : [parsed];
  } catch {
    return [];
  }
}

function answer({ id, method, params }: Message): void {
  if (id === undefined || method === undefined) return;
  if (method === 'tools/call' && on['exit-on-call'] !== undefined) process.exit(Number(on['exit-on-call']));
  const answered = `${JSON.stringify({ jsonrpc: '2.0', id, result: resultOf(method, params) })}\n`;
  if (method === 'tools/call' && params?.name === on.hold) {
    held.push(answered);
    return;
  }
  if (method === 'ping') for (const earlier of held.splice(0)) process.stdout.write(earlier);
  process.stdout.write(answered);
}

function resultOf(method: string, params: Message['params']): object {
  if (method === 'initialize')
    return {
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 'recorder', version: '1' },
    };
  if (method === 'tools/list') return { tools: TOOLS };
  if (method === 'tools/call') return { content: [{ type: 'text', text: `did ${params?.name}` }] };
  return { method };
}
