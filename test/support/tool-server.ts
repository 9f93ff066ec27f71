/**
 * One stdio server that offers the tools of a JSON file (a list, or a `tools/list` result), and misbehaves on demand.
 * JSON-RPC by hand, so that it can also say what no SDK would.
 *
 *   node tool-server.js TOOLS.json [switches]
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values: on, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'page-size': { type: 'string' },
    /** Every page has another one behind it. */
    endless: { type: 'boolean' },
    /** Every page names the same cursor. */
    'same-cursor': { type: 'boolean' },
    /** Milliseconds before every answer. */
    slow: { type: 'string' },
    /** A method that is never answered. */
    silent: { type: 'string' },
    /** A method that is answered with an error, whose message quotes the variable SECRET. */
    refuse: { type: 'string' },
    /** The code of that error. */
    'error-code': { type: 'string', default: '-32603' },
    /** Writes this to stderr and exits with 1 at once. */
    crash: { type: 'string' },
    /** Ends when asked for the tools. */
    'die-listing': { type: 'boolean' },
    /** Writes this line to stdout, before the first answer and after it. */
    noise: { type: 'string' },
    /** Writes to stdout without end and without a newline. */
    flood: { type: 'boolean' },
    /** Every description gets this many more characters. */
    'long-descriptions': { type: 'string' },
    /** Stays when its stdin ends or it is asked to terminate. */
    stubborn: { type: 'boolean' },
    /** Starts a process that is as stubborn, and writes its id to this file. */
    grandchild: { type: 'string' },
    /** Members that every answer gets besides or instead, as JSON. */
    also: { type: 'string', default: '{}' },
    /** Asks the client this many things before the first answer, and tells it as many. */
    chatter: { type: 'string', default: '0' },
    /** Speaks only the stateless revision. */
    stateless: { type: 'boolean' },
    /** Leaves the version out of what it says of itself. */
    'no-version': { type: 'boolean' },
    /** Writes its environment to this file. */
    'dump-env': { type: 'string' },
  },
});

const STUBBORN =
  "for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(s, () => {}); setInterval(() => {}, 1000)";

const error = (code: number, message: string, data?: unknown): object => ({ error: { code, message, data } });

if (on.crash !== undefined) {
  process.stderr.write(`${on.crash}\n`, () => process.exit(1));
} else {
  if (on['dump-env'] !== undefined) writeFileSync(on['dump-env'], JSON.stringify(process.env));
  if (on.grandchild !== undefined) {
    const child = spawn(process.execPath, ['-e', STUBBORN], { stdio: 'inherit' });
    writeFileSync(on.grandchild, String(child.pid));
  }
  if (on.stubborn) {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
    setInterval(() => {}, 1000);
  }
  if (on.flood) flood();
  else serve();
}

function flood(): void {
  const chunk = 'x'.repeat(1024 * 1024);
  const write = (): void => {
    while (process.stdout.write(chunk));
    process.stdout.once('drain', write);
  };
  write();
}

function serve(): void {
  const parsed = JSON.parse(readFileSync(positionals[0] ?? '', 'utf8'));
  const tools: { description?: string }[] = (Array.isArray(parsed) ? parsed : parsed.tools).map(
    (tool: { description?: string }) =>
      on['long-descriptions'] === undefined
        ? tool
        : { ...tool, description: `${tool.description} ${'x'.repeat(Number(on['long-descriptions']))}` },
  );
  const also = JSON.parse(on.also);
  const pageSize = Number(on['page-size'] ?? tools.length);
  if (on.noise !== undefined) process.stdout.write(`${on.noise}\n`);
  for (let id = 0; id < Number(on.chatter); id++) {
    process.stdout.write(`{"jsonrpc":"2.0","id":"ours-${id}","method":"roots/list"}\n`);
    process.stdout.write('{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}\n');
  }

  const answer = (method: string, cursor: string | undefined): object | null => {
    if (method === on.silent) return null;
    if (method === on.refuse) return error(Number(on['error-code']), `no ${method} with ${process.env.SECRET}`);
    if (method === 'initialize') {
      if (on.stateless) return error(-32022, 'Unsupported protocol version', { supported: ['2026-07-28'] });
      const serverInfo = { name: 'tool-server', ...(on['no-version'] ? {} : { version: '1.2.3' }) };
      return { result: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo } };
    }
    if (method === 'server/discover' && on.stateless) {
      const complete = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };
      return { result: { ...complete, supportedVersions: ['2026-07-28'], capabilities: { tools: {} } } };
    }
    if (method !== 'tools/list') return error(-32601, 'Method not found');
    if (on['die-listing']) process.exit(3);
    const from = Number(cursor ?? 0) % Math.max(tools.length, 1);
    const next = on.endless ? Number(cursor ?? 0) + pageSize : from + pageSize;
    const nextCursor = on['same-cursor'] ? '0' : on.endless || next < tools.length ? String(next) : undefined;
    return { result: { tools: tools.slice(from, from + pageSize), nextCursor } };
  };

  createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, params } = JSON.parse(line);
    if (id === undefined || method === undefined) return;
    setTimeout(
      () => {
        const reply = answer(method, params?.cursor);
        if (reply !== null) process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...reply, ...also })}\n`);
        if (method === 'initialize' && on.noise !== undefined) process.stdout.write(`${on.noise} again\n`);
      },
      Number(on.slow ?? 0),
    );
  });
}
