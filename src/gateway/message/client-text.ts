import { isUtf8 } from 'node:buffer';
import { jsonShape } from '../../core/json/json-shape.ts';
import { INVALID_REQUEST, PARSE_ERROR } from './json-rpc.ts';
import type { MessageFault } from './message-fault.ts';

/** What a client sent in one piece: a message, or several in an array, as the revision of 2025-03-26 allowed. */
export interface ClientText {
  readonly parts: readonly unknown[];
  readonly isBatch: boolean;
  readonly bytes: Buffer;
  /** Whether the bytes say to every program what they say to us: no key is there twice. */
  readonly isPlain: boolean;
  /**
   * Whether no line ends in them, so that they may be passed on as a line. Many programs end lines also at a carriage
   * return, behind which another message could stand that we never saw.
   */
  readonly isLine: boolean;
}

const MAX_BATCH = 1000;
/** What is deeper cannot be written again. */
const MAX_DEPTH = 1000;
/** Line ends of Windows and of HTTP bodies. */
const LINE_ENDS = /[\r\n]/;

/** Reads what a client sent. What is no JSON is a fault: it is never passed on. */
export function readClientText(bytes: Buffer): ClientText | MessageFault {
  const text = isUtf8(bytes) ? bytes.toString('utf8') : null;
  const value = text === null ? undefined : parsed(text);
  if (text === null || value === undefined) return { code: PARSE_ERROR, message: 'The message is no JSON.' };
  const { repeatsKey, depth } = jsonShape(text);
  if (depth > MAX_DEPTH) return { code: INVALID_REQUEST, message: `A message is nested ${MAX_DEPTH} levels at most.` };
  const about = { isPlain: !repeatsKey, isLine: !LINE_ENDS.test(text), bytes };
  if (!Array.isArray(value)) return { parts: [value], isBatch: false, ...about };
  if (value.length === 0 || value.length > MAX_BATCH)
    return { code: INVALID_REQUEST, message: `A batch holds between 1 and ${MAX_BATCH} messages.` };
  return { parts: value, isBatch: true, ...about };
}

/** JSON knows no undefined. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
