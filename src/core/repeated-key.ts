const BACKSLASH = 92;

/**
 * Whether an object in a text of valid JSON has the same key twice. Parsers differ in which one counts, so that two
 * programs may read two different things in it. `"a"` and `"\u0061"` are the same key.
 */
export function hasRepeatedKey(text: string): boolean {
  // Of each object that is open, its keys; null for an array.
  const open: (Set<string> | null)[] = [];
  let keys: Set<string> | null = null;
  let isKeyNext = false;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '{':
        open.push(keys);
        keys = new Set();
        isKeyNext = true;
        break;
      case '[':
        open.push(keys);
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
          if (keys.has(key)) return true;
          keys.add(key);
          isKeyNext = false;
        }
        at = end;
      }
    }
  }
  return false;
}

function keyBetween(text: string, from: number, to: number): string {
  const key = text.slice(from + 1, to);
  return key.includes('\\') ? (JSON.parse(text.slice(from, to + 1)) as string) : key;
}

/** The quote that ends a string: the next before which stands an even number of backslashes. */
function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}
