const BACKSLASH = 92;

/** What a text of JSON is like, beside the value in it. */
export interface JsonShape {
  /**
   * An object has the same key twice. Parsers differ in which one counts, so that two programs may read two different
   * things. `"a"` and `"\u0061"` are the same key.
   */
  readonly repeatsKey: boolean;
  /** How many objects and arrays stand within each other. */
  readonly depth: number;
}

/** Looks at a text that is valid JSON. */
export function jsonShape(text: string): JsonShape {
  let depth = 0;
  let repeatsKey = false;
  // Of each object that is open, its keys; null for an array.
  const open: (Set<string> | null)[] = [];
  let keys: Set<string> | null = null;
  let isKeyNext = false;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '{':
        open.push(keys);
        depth = Math.max(depth, open.length);
        keys = new Set();
        isKeyNext = true;
        break;
      case '[':
        open.push(keys);
        depth = Math.max(depth, open.length);
        keys = null;
        isKeyNext = false;
        break;
      case '}':
      case ']':
        keys = open.pop() ?? null;
        isKeyNext = false;
        break;
      case ',':
        isKeyNext = keys !== null;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (isKeyNext && keys !== null) {
          const key = keyBetween(text, at, end);
          repeatsKey ||= keys.has(key);
          keys.add(key);
          isKeyNext = false;
        }
        at = end;
      }
    }
  }
  return { repeatsKey, depth };
}

function keyBetween(text: string, from: number, to: number): string {
  const key = text.slice(from + 1, to);
  return key.includes('\\') ? (JSON.parse(text.slice(from, to + 1)) as string) : key;
}

/** The quote that ends a string: the next before which stands an even number of backslashes. */
export function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}
