import { parseToolsDocument } from '../../core/listing/parse-tools-document.ts';
import { readTextFile } from '../../io/files/bounded-text.ts';
import { isFile } from '../../io/files/is-file.ts';
import type { CommandLine } from '../targets/command-line.ts';
import { findTargets } from '../targets/find-targets.ts';
import type { Terminal } from '../terminal.ts';
import { noPolicy, serverNotWanted, severalToHoldAgainst } from './check-errors.ts';
import type { CheckFlags } from './check-flags.ts';
import { policiesByProject, policiesOfProject, type ToCheck } from './project-policies.ts';

/** What a command line wants to be checked: policies, then at most one server for all of them; or all of the project. */
export async function policiesToCheck(
  { words, afterDashes, flags }: CommandLine<CheckFlags>,
  terminal: Terminal,
): Promise<ToCheck> {
  if (words.length + afterDashes.length === 0) return policiesOfProject(flags, terminal);
  const others = await Promise.all(words.slice(1).map(isPolicyWord));
  const behind = others.indexOf(false) + 1 || words.length;
  const files = words.slice(0, behind);
  const target = words.slice(behind);
  if (target.length + afterDashes.length === 0 && !hasTargetFlags(flags))
    return policiesByProject(files, flags, terminal);
  if (!flags.server) throw serverNotWanted();
  if (files.length === 0) throw noPolicy('Before "--" there has to be a policy.');
  const { sources, announcements } = await findTargets({ words: target, afterDashes, flags }, terminal);
  if (sources.length > 1) throw severalToHoldAgainst(sources.length);
  return { policies: files.map((file) => ({ path: file, file, source: sources[0] ?? null })), announcements };
}

/** They are for a server that is named; where none is, it is said that nothing would use them. */
const hasTargetFlags = ({ header, tokenEnv, env, cwd }: CheckFlags): boolean =>
  (header ?? tokenEnv ?? env ?? cwd) !== undefined;

/** A file, unless it holds the tools of a server. What is named like a policy and is not there is told so when it is read. */
async function isPolicyWord(word: string): Promise<boolean> {
  if (/^(?:https?:\/\/|npm:|pypi:)/i.test(word)) return false;
  if (!isFile(word)) return /\.(?:json|ya?ml)$/i.test(word);
  const text = await readTextFile(word).catch(() => null);
  // One that is too large, for example: it is to be told so, and the tools of a server are never YAML.
  return text === null ? /\.ya?ml$/i.test(word) : !holdsTools(text);
}

function holdsTools(text: string): boolean {
  try {
    return !('kind' in parseToolsDocument(JSON.parse(text)));
  } catch {
    return false;
  }
}
