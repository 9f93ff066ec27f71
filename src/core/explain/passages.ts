/** The places of a definition that evidence quotes, with the quoted words marked. */
import type { Evidence } from '../classification.ts';
import type { Tool } from '../tool.ts';
import { type DefinitionText, definitionText, placeOf } from './definition-text.ts';

export interface Part {
  readonly text: string;
  readonly marked: boolean;
}

export interface Passage {
  readonly field: string;
  /** In reading order; joined they are the text of the field, or excerpts of a long one. */
  readonly parts: Part[];
  /** What the marked words speak for. */
  readonly says: Evidence['says'][];
}

type Span = readonly [start: number, end: number];

/** Longer text is cut down to the surroundings of its marks. */
const MAX_WHOLE_CHARS = 400;
const AROUND_CHARS = 100;
const MAX_MARK_CHARS = 300;
/** All values of a parameter, and then some. */
const MAX_MARKS = 400;
const GAP = '…';
const READING_ORDER = ['name', 'title', 'annotations.title', 'description', 'inputSchema'];

/** One passage a field, in reading order. What cannot be found in the definition is shown as the quote alone. */
export function passagesOf(tool: Tool, evidence: readonly Evidence[]): Passage[] {
  const byField = new Map<string, Evidence[]>();
  for (const piece of evidence) {
    const others = byField.get(piece.field);
    if (others === undefined) byField.set(piece.field, [piece]);
    else others.push(piece);
  }
  return [...byField]
    .sort(([a], [b]) => rankOf(a) - rankOf(b))
    .map(([field, pieces]) => passageOf(tool, field, pieces));
}

function rankOf(field: string): number {
  const at = READING_ORDER.findIndex((start) => field === start || field.startsWith(`${start}.`));
  return at < 0 ? READING_ORDER.length : at;
}

function passageOf(tool: Tool, field: string, evidence: readonly Evidence[]): Passage {
  const says = [...new Set(evidence.map(({ says }) => says))];
  const quotes = [...new Set(evidence.map(({ quote }) => quote))].slice(0, MAX_MARKS);
  const found = definitionText(tool, field);
  const spans = found === null ? [] : quotes.flatMap((quote) => spanOf(found, quote));
  if (found !== null && spans.length > 0) return { field, says, parts: partsOf(found.text, joined(spans)) };
  return { field, says, parts: quotes.flatMap((quote, at) => [...(at > 0 ? [plain(', ')] : []), marked(quote)]) };
}

function spanOf(text: DefinitionText, quote: string): Span[] {
  const start = placeOf(text, quote);
  return start < 0 ? [] : [[start, start + quote.length]];
}

/** In order, those that touch or overlap made one. */
function joined(spans: readonly Span[]): Span[] {
  const inOrder = [...spans].sort(([a], [b]) => a - b);
  const result: Span[] = [];
  for (const span of inOrder) {
    const last = result.at(-1);
    if (last !== undefined && span[0] <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], span[1])];
    else result.push(span);
  }
  return result;
}

function partsOf(text: string, spans: readonly Span[]): Part[] {
  const isWhole = text.length <= MAX_WHOLE_CHARS;
  const windows = isWhole
    ? [[0, text.length] as const]
    : joined(
        spans.map(([start, end]) => [Math.max(0, start - AROUND_CHARS), Math.min(text.length, end + AROUND_CHARS)]),
      );
  const parts: Part[] = [];
  let at = 0;
  for (const [from, to] of windows) {
    if (from > at) parts.push(plain(GAP));
    at = from;
    for (const [start, end] of spans.filter(([start]) => start >= from && start < to)) {
      if (start > at) parts.push(plain(text.slice(at, start)));
      parts.push(marked(text.slice(start, end)));
      at = end;
    }
    if (to > at) parts.push(plain(text.slice(at, to)));
    at = Math.max(at, to);
  }
  return at < text.length ? [...parts, plain(GAP)] : parts;
}

const plain = (text: string): Part => ({ text, marked: false });
const marked = (text: string): Part => ({ text: text.slice(0, MAX_MARK_CHARS), marked: true });
