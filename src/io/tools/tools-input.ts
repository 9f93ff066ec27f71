/** Bytes that hold tools: a file, or what is piped in. Tells apart a JSON document and a tool a line. */
import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { type InputLayout, inputLayout } from '../../core/listing/input-layout.ts';
import type { FileSpec } from '../../core/server/server-spec.ts';
import { UserError } from '../../core/user-error.ts';
import { openFile } from '../files/open-file.ts';
import { LINE_LIMIT, lineBlocks, withoutByteOrderMark } from '../files/read-lines.ts';
import { inputNotUtf8, inputTooLarge, inputUnreadable } from './tools-input-errors.ts';

export interface ToolsInput {
  /** What the report calls the server where the content does not name it. */
  readonly name: string;
  /** What the report says it came from: never a path of this machine. */
  readonly target: string;
  readonly open: () => Readable | Promise<Readable>;
}

export type OpenedInput =
  | { readonly kind: 'document'; readonly text: string }
  /** Blocks of whole lines. */
  | { readonly kind: 'lines'; readonly blocks: AsyncIterable<Buffer> };

const NEWLINE = Buffer.from('\n');
/** Large, since each chunk costs a turn of the event loop; not so large that one who shares the work has to wait long. */
const CHUNK_BYTES = 256 * 1024;
const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

export function fileInput({ name, path }: Pick<FileSpec, 'name' | 'path'>): ToolsInput {
  const target = basename(path);
  return { name, target, open: () => openFile(path, { shown: target, highWaterMark: CHUNK_BYTES }) };
}

/** Reads the whole of a document, but of a tool a line only the beginning: the lines come as they are asked for. */
export async function openInput(input: ToolsInput, signal: AbortSignal): Promise<OpenedInput> {
  const chunks = readable(input, signal);
  const head: Buffer[] = [];
  let layout: InputLayout | null = null;
  let seenLines = false;
  for (let bytes = 0; layout === null && bytes <= LINE_LIMIT.maxLineBytes; ) {
    const { value: chunk, done } = await chunks.next();
    if (done) {
      // A text without a line break is never read as lines, so that a large document is not parsed twice.
      if (seenLines) layout = layoutOf(Buffer.concat([...head, NEWLINE]));
      break;
    }
    head.push(chunk);
    bytes += chunk.length;
    if (!chunk.includes(NEWLINE)) continue;
    seenLines = true;
    layout = layoutOf(Buffer.concat(head));
  }
  const all = chain(head, chunks);
  if (layout === 'lines') return { kind: 'lines', blocks: lineBlocks(all) };
  return { kind: 'document', text: await readDocument(input.target, all) };
}

/** Judged by lines whose end has been seen: half a line is no reason to take a list for a document. */
function layoutOf(bytes: Buffer): InputLayout | null {
  const lines: string[] = [];
  let from = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0 && lines.length < 2; end = bytes.indexOf(NEWLINE, from)) {
    const line = withoutByteOrderMark(bytes.toString('utf8', from, end)).trim();
    if (line !== '') lines.push(line);
    from = end + 1;
  }
  const [first, second] = lines;
  return first === undefined ? null : inputLayout(first, second);
}

async function* readable(input: ToolsInput, signal: AbortSignal): AsyncGenerator<Buffer, void> {
  try {
    yield* addAbortSignal(signal, await input.open()) as AsyncIterable<Buffer>;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UserError) throw error;
    throw inputUnreadable(input.target, error as NodeJS.ErrnoException);
  }
}

async function* chain(head: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* head;
  yield* rest;
}

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
