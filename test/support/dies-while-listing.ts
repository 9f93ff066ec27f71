/** A program of ours that dies of a bug while a server is being listed. */
import { serverToolSource } from '../../src/io/tools/server-tool-source.ts';

const [file = '', ...args] = process.argv.slice(2);
const spec = { kind: 'stdio', name: 'fixture', command: process.execPath, args: [file, ...args], env: {} } as const;
void serverToolSource(spec, { timeoutMs: 60_000 }).listTools({ signal: new AbortController().signal });
setTimeout(() => {
  throw new Error('a bug');
}, 1500);
