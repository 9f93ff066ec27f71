import { isObject } from '../tool.ts';

/** One JSON document, or a tool a line. */
export type InputLayout = 'document' | 'lines';

/**
 * How a text is laid out that begins with these lines (blank ones left out); null while that takes another line.
 * A line that is a tool begins a list of lines. So does any whole value before another line, since a document cannot
 * go on after one. Where the first line is broken, the second tells; a line that ends inside brackets or before a value
 * is taken for a document.
 */
export function inputLayout(first: string, second: string | undefined): InputLayout | null {
  const value = parse(first);
  if (isTool(value)) return 'lines';
  if (second === undefined) return null;
  if (value !== undefined) return 'lines';
  return !/[[{,:]\s*$/.test(first.slice(-100)) && isObject(parse(second)) ? 'lines' : 'document';
}

const isTool = (value: unknown): boolean => isObject(value) && typeof value.name === 'string' && !('tools' in value);

/** The value, undefined where the text is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
