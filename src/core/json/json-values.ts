import { endOfString } from './json-shape.ts';

/** Where a value stands in a text of JSON. */
export interface ValuePlace {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the value stands that a path of keys leads to, in a text that is valid JSON; null where there is none. Of a key
 * that stands there twice the last counts, as for `JSON.parse`.
 */
export function findValue(text: string, path: readonly string[]): ValuePlace | null {
  let place: ValuePlace | null = { start: startOfValue(text, 0), end: text.length };
  for (const key of path) {
    place = text[place.start] === '{' ? findMember(text, place.start, key) : null;
    if (place === null) return null;
  }
  return place;
}

/** The text with other JSON in the place of values, and everything else as it was. Paths that lead nowhere are left out. */
export function replaceValues(
  text: string,
  values: readonly (readonly [path: readonly string[], json: string])[],
): string {
  const found = values.flatMap(([path, json]) => {
    const place = findValue(text, path);
    return place === null ? [] : [{ ...place, json }];
  });
  // From the end, so that the places before stay where they are.
  found.sort((a, b) => b.start - a.start);
  return found.reduce((changed, { start, end, json }) => changed.slice(0, start) + json + changed.slice(end), text);
}

function findMember(text: string, object: number, key: string): ValuePlace | null {
  let found: ValuePlace | null = null;
  let at = startOfValue(text, object + 1);
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at);
    const isIt = JSON.parse(text.slice(at, keyEnd + 1)) === key;
    const start = startOfValue(text, text.indexOf(':', keyEnd + 1) + 1);
    const end = endOfValue(text, start);
    if (isIt) found = { start, end };
    at = startOfValue(text, end);
    if (text[at] === ',') at = startOfValue(text, at + 1);
  }
  return found;
}

function startOfValue(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? '.')) at += 1;
  return at;
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start) + 1;
  if (first === '{' || first === '[') return endOfNested(text, start);
  const rest = /[\s,\]}]/g;
  rest.lastIndex = start;
  return rest.exec(text)?.index ?? text.length;
}

function endOfNested(text: string, start: number): number {
  const marks = /["{}[\]]/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '"') marks.lastIndex = endOfString(text, mark.index) + 1;
    else depth += mark[0] === '{' || mark[0] === '[' ? 1 : -1;
    if (depth === 0) return mark.index + 1;
  }
  return text.length;
}
