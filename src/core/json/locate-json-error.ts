/** Where a text stops being JSON. `JSON.parse` tells the place in some versions of Node and for some faults only. */
export interface JsonFault {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly expected: Expected | 'the rest of the text in double quotes';
  /** The offending character, or the end of the text. */
  readonly found: string;
}

/** What may stand at a place. The words are what the person reads. */
type Expected =
  | 'a value'
  | 'a value or "]"'
  | 'a name in double quotes'
  | 'a name in double quotes or "}"'
  | '":"'
  | '"," or "]"'
  | '"," or "}"'
  | 'the end of the text';

type Bracket = '[' | '{';

const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The first place where `text` is not JSON, or null where it is. Nesting costs no stack, so depth cannot break it. */
export function locateJsonError(text: string): JsonFault | null {
  const open: Bracket[] = [];
  let expected: Expected = 'a value';
  let at = endOf(SPACE, text, 0);
  for (; expected !== 'the end of the text' || at < text.length; at = endOf(SPACE, text, at)) {
    const character = text[at];
    if (mayClose(expected, character)) {
      open.pop();
      expected = afterValue(open);
      at += 1;
    } else if (character === ',' && expected.startsWith('","')) {
      expected = open.at(-1) === '[' ? 'a value' : 'a name in double quotes';
      at += 1;
    } else if (character === ':' && expected === '":"') {
      expected = 'a value';
      at += 1;
    } else if (character === '"' && expected.startsWith('a ')) {
      const string = endOfString(text, at);
      if (!string.closed) return fault(text, string.end, 'the rest of the text in double quotes');
      expected = expected.startsWith('a name') ? '":"' : afterValue(open);
      at = string.end;
    } else if ((character === '[' || character === '{') && expected.startsWith('a value')) {
      open.push(character);
      expected = character === '[' ? 'a value or "]"' : 'a name in double quotes or "}"';
      at += 1;
    } else {
      const end: number = expected.startsWith('a value') ? endOf(SCALAR, text, at) : at;
      if (end === at) return fault(text, at, expected);
      expected = afterValue(open);
      at = end;
    }
  }
  return null;
}

const mayClose = (expected: Expected, character: string | undefined): boolean =>
  (character === ']' || character === '}') && expected.endsWith(`or "${character}"`);

function afterValue(open: readonly Bracket[]): Expected {
  const innermost = open.at(-1);
  if (innermost === undefined) return 'the end of the text';
  return innermost === '[' ? '"," or "]"' : '"," or "}"';
}

/** Where a match of the sticky `pattern` at `from` ends; `from` itself where there is none. */
function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

/** By hand, since a regular expression over a string of megabytes can exhaust its stack. */
function endOfString(text: string, from: number): { closed: boolean; end: number } {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) >= 0x20) {
    if (text[at] === '"') return { closed: true, end: at + 1 };
    const next = text[at] === '\\' ? endOf(ESCAPE, text, at) : at + 1;
    if (next === at) break;
    at = next;
  }
  return { closed: false, end: at };
}

function fault(text: string, at: number, expected: JsonFault['expected']): JsonFault {
  const before = text.slice(0, at).split('\n');
  const found =
    at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0)) : 'the end of the text';
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, expected, found };
}
