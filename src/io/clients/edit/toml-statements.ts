/** The headers and assignments of a text in TOML and where they stand, which its parser does not tell. */

export interface TomlStatement {
  /** From the top, items of a list of tables by their number. */
  readonly path: readonly (string | number)[];
  readonly kind: 'table' | 'pair';
  /** The table that it stands in, or begins. */
  readonly table: readonly (string | number)[];
  readonly from: number;
  /** Behind the last character of its last line, the line end included. */
  readonly to: number;
  /** Of a pair: its value. */
  readonly valueFrom: number;
  readonly valueTo: number;
}

/** The text is known to be TOML: what is wrong in it is not looked for. */
export function tomlStatements(text: string): TomlStatement[] {
  const statements: TomlStatement[] = [];
  const counts = new Map<string, number>();
  let table: readonly (string | number)[] = [];
  let at = 0;
  while (at < text.length) {
    at = afterBlanks(text, at);
    if (/[#\r\n]/.test(text[at] ?? '')) {
      at = afterLine(text, at);
      continue;
    }
    if (at >= text.length) break;
    const from = at;
    const isTable = text[at] === '[';
    const isItem = text.startsWith('[[', at);
    const { keys, end } = readKeys(text, at + (isItem ? 2 : isTable ? 1 : 0));
    if (isTable) {
      table = withItems(keys, counts, { isItem });
      at = afterLine(text, end);
      statements.push({ path: table, kind: 'table', table, from, to: at, valueFrom: end, valueTo: end });
      continue;
    }
    const valueFrom = afterBlanks(text, end + 1);
    const valueTo = valueEnd(text, valueFrom);
    at = afterLine(text, valueTo);
    statements.push({ path: [...table, ...keys], kind: 'pair', table, from, to: at, valueFrom, valueTo });
  }
  return statements;
}

/** The path of a table; a list of tables on the way stands for its last item. */
function withItems(
  keys: readonly string[],
  counts: Map<string, number>,
  { isItem }: { isItem: boolean },
): (string | number)[] {
  const path: (string | number)[] = [];
  for (const [at, key] of keys.entries()) {
    path.push(key);
    const id = JSON.stringify(path);
    if (isItem && at === keys.length - 1) counts.set(id, (counts.get(id) ?? -1) + 1);
    const count = counts.get(id);
    if (count !== undefined) path.push(count);
  }
  return path;
}

function readKeys(text: string, from: number): { keys: string[]; end: number } {
  const keys: string[] = [];
  let at = from;
  for (;;) {
    at = afterBlanks(text, at);
    const quote = text[at];
    if (quote === '"' || quote === "'") {
      const end = stringEnd(text, at);
      const raw = text.slice(at + 1, end - 1);
      keys.push(quote === '"' ? unescaped(raw) : raw);
      at = end;
    } else {
      const bare = /^[A-Za-z0-9_-]*/.exec(text.slice(at, at + 1000))?.[0] ?? '';
      keys.push(bare);
      at += bare.length;
    }
    at = afterBlanks(text, at);
    if (text[at] !== '.') return { keys, end: at };
    at += 1;
  }
}

/** The escapes of TOML that JSON does not have are left: such a key is then not found, and the file left as it is. */
function unescaped(raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}

function valueEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '"' || character === "'") {
      at = stringEnd(text, at);
      continue;
    }
    if (character === '#' || character === '\n') {
      if (depth === 0) break;
      at = character === '#' ? text.indexOf('\n', at) : at + 1;
      if (at < 0) at = text.length;
      continue;
    }
    if ('[{'.includes(character)) depth += 1;
    if (']}'.includes(character)) depth -= 1;
    at += 1;
  }
  return from + text.slice(from, at).trimEnd().length;
}

function stringEnd(text: string, from: number): number {
  const quote = text[from] ?? '';
  const fence = text.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote;
  for (let at = from + fence.length; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at += 1;
    else if (text.startsWith(fence, at)) {
      let end = at + fence.length;
      // A text may end in up to two quotes of its own.
      while (fence.length === 3 && text[end] === quote && end - at < 5) end += 1;
      return end;
    }
  }
  return text.length;
}

function afterBlanks(text: string, at: number): number {
  let end = at;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return end;
}

function afterLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
