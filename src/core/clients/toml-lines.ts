/** Where things stand in a TOML file, which its parser does not tell. Weak: good enough to point a person to a line. */
import type { DocumentPath } from './config-document.ts';

const KEY_PART = /\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(\.|$)?/y;

/** The line of the first table or key at or below `path`, or the nearest above it; counts from 1. */
export function tomlLine(text: string, path: DocumentPath): number {
  const wanted = path.map(String);
  let best = { line: 1, shared: 0 };
  let table: readonly string[] = [];
  const counts = new Map<string, number>();
  for (const [at, line] of text.split('\n').entries()) {
    const [, list, header] = /^\s*\[(\[)?([^\]]+)\]/.exec(line) ?? [];
    if (header !== undefined) table = list === undefined ? keysOf(header) : itemOf(keysOf(header), counts);
    const key = header === undefined ? /^\s*((?:"[^"]*"|'[^']*'|[\w.-]|\s(?=\s*[.=]))+?)\s*=/.exec(line)?.[1] : '';
    if (key === undefined) continue;
    const shared = sharedLength([...table, ...keysOf(key)], wanted);
    if (shared > best.shared) best = { line: at + 1, shared };
  }
  return best.line;
}

/** The next item of a list of tables. */
function itemOf(keys: readonly string[], counts: Map<string, number>): string[] {
  const id = JSON.stringify(keys);
  const count = counts.get(id) ?? 0;
  counts.set(id, count + 1);
  return [...keys, String(count)];
}

function keysOf(written: string): string[] {
  const keys: string[] = [];
  KEY_PART.lastIndex = 0;
  for (let match = KEY_PART.exec(written); match !== null; match = KEY_PART.exec(written)) {
    keys.push(match[1] ?? match[2] ?? match[3] ?? '');
    if (match[4] !== '.') break;
  }
  return keys;
}

function sharedLength(keys: readonly string[], wanted: readonly string[]): number {
  const differs = wanted.findIndex((key, at) => key !== keys[at]);
  return differs < 0 ? wanted.length : differs;
}
