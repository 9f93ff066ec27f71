import type { Readable } from 'node:stream';
import { isObject } from '../core/tool.ts';
import { eachChunk } from '../io/files/each-chunk.ts';
import { createLineSplitter, type RawLine } from '../io/files/split-lines.ts';
import { within } from '../io/within.ts';
import type { JsonRpc } from './message/json-rpc.ts';

export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
/** How long the output of a server that has ended may be held open by what it started. */
export const OUTPUT_GRACE_MS = 250;

/** One line of a server: a message, or several in an array. */
export interface ServerLine {
  readonly bytes: Buffer;
  readonly messages: readonly JsonRpc[];
  readonly isBatch: boolean;
}

interface LineTaker {
  /** Nothing more is read until what it returns has resolved. */
  take(line: ServerLine): Promise<unknown> | undefined;
  /** What is no message, or how it begins. */
  noise(text: string): void;
}

/** Reads what a server says. Resolves when it has closed its stdout. */
export async function readServerLines(stdout: Readable, { take, noise }: LineTaker): Promise<void> {
  const splitter = createLineSplitter(MAX_MESSAGE_BYTES);
  const read = (line: RawLine): Promise<unknown> | undefined => {
    if (line === 'too long') return void noise('A line too long to be a message.');
    const bytes = withoutReturn(line);
    if (bytes.length === 0) return undefined;
    const value = parsed(bytes);
    const messages: unknown[] = Array.isArray(value) ? value : [value];
    if (messages.length === 0 || !messages.every(isObject)) return void noise(quoted(bytes));
    return take({ bytes, messages, isBatch: Array.isArray(value) });
  };
  await eachChunk(stdout, (chunk) => {
    const taking = splitter.add(chunk).flatMap((line) => read(line) ?? []);
    return taking.length === 0 ? undefined : Promise.all(taking).then(() => {});
  });
  await read(splitter.rest());
}

/** What a server wrote before it ended is read, however slowly it is taken: as long as it comes, or `isHeldUp`. */
export async function untilRead(output: Promise<void>, stdout: Readable, isHeldUp: () => boolean): Promise<void> {
  let isOver = false;
  void output.then(() => {
    isOver = true;
  });
  let hasSpoken = true;
  stdout.on('data', () => {
    hasSpoken = true;
  });
  while (!isOver && (hasSpoken || isHeldUp())) {
    hasSpoken = false;
    await within(output, OUTPUT_GRACE_MS);
  }
}

const RETURN = 13;
export const withoutReturn = (line: Buffer): Buffer => (line.at(-1) === RETURN ? line.subarray(0, -1) : line);

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

const MAX_QUOTE_CHARS = 200;
const quoted = (bytes: Buffer): string =>
  bytes
    .subarray(0, MAX_QUOTE_CHARS * 4)
    .toString('utf8')
    .slice(0, MAX_QUOTE_CHARS);
