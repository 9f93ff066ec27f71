import type { Report } from '../core/report.ts';

/** A command line that can be run again with something added. */
export interface Repeatable {
  readonly command: string;
  /** The arguments that name the same servers; null where they hold a secret, or cannot be given again. */
  readonly words: readonly string[] | null;
}

/** What may be done next, as command lines to copy. */
export function nextSteps({ servers, summary }: Report, run: Repeatable, { wrote }: { wrote: boolean }): string[] {
  if (servers.length === 0) return [];
  const steps: readonly (readonly [what: string, why: string])[] = [
    ...(wrote ? [] : [[again(run, `-o ${policyName(summary.servers)}`), 'write the recommended policy'] as const]),
    [again(run, '--json'), 'see the words each verdict rests on'],
  ];
  const width = Math.max(...steps.map(([what]) => what.length));
  const undecided = summary.needsReview === 1 ? 'the tool that needs review' : 'the tools that need review';
  return [
    ...steps.map(([what, why]) => `${what.padEnd(width)}   # ${why}`),
    ...(summary.needsReview > 0 ? [`# decide ${undecided}: under "overrides:" in policylayer.yaml`] : []),
  ];
}

const policyName = (servers: number): string => (servers > 1 ? 'policies/' : 'policy.json');

function again({ command, words }: Repeatable, option: string): string {
  if (words === null) return `the same command with ${option}`;
  return `policylayer ${command} ${option} ${words.map(shellWord).join(' ')}`;
}

/** A word as a shell reads it back. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
