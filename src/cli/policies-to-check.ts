import { parseToolsDocument } from '../core/parse-tools-document.ts';
import { readTextFile } from '../io/bounded-text.ts';
import { isFile } from '../io/is-file.ts';
import type { PolicyToCheck } from '../workflows/check-policies.ts';
import { noPolicy, severalToHoldAgainst } from './cli-errors.ts';
import type { TargetFlags } from './options.ts';
import { findTargets } from './scan-targets.ts';
import type { Terminal } from './terminal.ts';

export interface ToCheck {
  readonly policies: readonly PolicyToCheck[];
  /** What will be started, printable. */
  readonly announcements: readonly string[];
}

/** What a command line wants to be checked: policies, then at most one server for all of them. */
export async function policiesToCheck(
  words: readonly string[],
  afterDashes: readonly string[],
  flags: TargetFlags,
  terminal: Terminal,
): Promise<ToCheck> {
  const [first] = words;
  if (first === undefined) throw noPolicy();
  const others = await Promise.all(words.slice(1).map(isPolicyWord));
  const behind = others.indexOf(false) + 1 || words.length;
  const paths = words.slice(0, behind);
  const { sources, announcements } = await findTargets(words.slice(behind), afterDashes, flags, terminal);
  if (sources.length > 1) throw severalToHoldAgainst(sources.length);
  return { policies: paths.map((path) => ({ path, file: path, source: sources[0] ?? null })), announcements };
}

/** A file, unless it holds the tools of a server. What is named like a policy and is not there is told so when it is read. */
async function isPolicyWord(word: string): Promise<boolean> {
  if (/^(?:https?:\/\/|npm:|pypi:)/i.test(word)) return false;
  if (!isFile(word)) return /\.(?:json|ya?ml)$/i.test(word);
  const text = await readTextFile(word).catch(() => null);
  return text !== null && !holdsTools(text);
}

function holdsTools(text: string): boolean {
  try {
    return !('kind' in parseToolsDocument(JSON.parse(text)));
  } catch {
    return false;
  }
}
