/** Bytes that hold tools: a file, or what is piped in. Tells apart a JSON document and a tool a line. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { isToolPerLine } from '../core/is-tool-per-line.ts';
import type { FileSpec } from '../core/server-spec.ts';
import { type Line, readLines, withoutByteOrderMark } from './read-lines.ts';
import { inputNotUtf8, inputTooLarge, inputUnreadable } from './tools-input-errors.ts';

export interface ToolsInput {
  /** What the report calls the server where the content does not name it. */
  readonly name: string;
  /** What the report says it came from: never a path of this machine. */
  readonly target: string;
  readonly open: () => Readable;
}

export type OpenedInput =
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'lines'; readonly lines: AsyncIterable<readonly Line[]> };

const MAX_LINE_BYTES = 16 * 1024 * 1024;
/** Large, since each chunk costs a turn of the event loop. */
const CHUNK_BYTES = 1024 * 1024;
const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

export function fileInput({ name, path }: Pick<FileSpec, 'name' | 'path'>): ToolsInput {
  return { name, target: basename(path), open: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }) };
}

/** Reads the whole of a document, but of a tool a line only the beginning: the lines come as they are asked for. */
export async function openInput(input: ToolsInput, signal: AbortSignal): Promise<OpenedInput> {
  const chunks = readable(input, signal);
  const head: Buffer[] = [];
  let beginning: readonly string[] = [];
  for (let bytes = 0; beginning.length < 2 && bytes <= MAX_LINE_BYTES; ) {
    const { value: chunk, done } = await chunks.next();
    if (done) break;
    head.push(chunk);
    bytes += chunk.length;
    if (chunk.includes('\n')) beginning = wholeLines(Buffer.concat(head));
  }
  const [first = '', second] = beginning.length < 2 ? linesOf(Buffer.concat(head)) : beginning;
  const all = chain(head, chunks);
  if (isToolPerLine(first, second)) return { kind: 'lines', lines: readLines(all, { maxLineBytes: MAX_LINE_BYTES }) };
  return { kind: 'document', text: await readDocument(input.target, all) };
}

async function* readable(input: ToolsInput, signal: AbortSignal): AsyncGenerator<Buffer, void> {
  try {
    yield* addAbortSignal(signal, input.open()) as AsyncIterable<Buffer>;
  } catch (error) {
    signal.throwIfAborted();
    throw inputUnreadable(input.target, error as NodeJS.ErrnoException);
  }
}

async function* chain(head: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* head;
  yield* rest;
}

const linesOf = (bytes: Buffer): string[] =>
  withoutByteOrderMark(bytes.toString('utf8'))
    .split('\n')
    .filter((line) => line.trim() !== '');

/** Lines whose end has been seen: half a line is no reason to take a list for a document. */
const wholeLines = (bytes: Buffer): string[] => linesOf(bytes.subarray(0, bytes.lastIndexOf('\n')));

async function readDocument(name: string, chunks: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_DOCUMENT_BYTES) throw inputTooLarge(name, MAX_DOCUMENT_BYTES);
  }
  const whole = Buffer.concat(parts);
  if (!isUtf8(whole)) throw inputNotUtf8(name);
  return withoutByteOrderMark(whole.toString('utf8'));
}
