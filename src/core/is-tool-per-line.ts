import { isObject } from './tool.ts';

/**
 * Whether a text that begins with these two lines (blank ones left out) holds a tool a line, or is one JSON document.
 * A JSON document cannot go on after a whole value, so two lines of which the first is whole are lines. Where the
 * first is broken, the second tells; a line that ends inside brackets or before a value is taken for a document.
 */
export function isToolPerLine(first: string, second: string | undefined): boolean {
  if (second === undefined) return false;
  if (parses(first)) return true;
  return !/[[{,:]\s*$/.test(first.slice(-100)) && parses(second, isObject);
}

function parses(text: string, accept: (value: unknown) => boolean = () => true): boolean {
  try {
    return accept(JSON.parse(text));
  } catch {
    return false;
  }
}
