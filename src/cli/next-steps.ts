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
  const steps: readonly (readonly [why: string, what: string])[] = [
    ...(wrote ? [] : [['to write this policy', again(run, `-o ${policyName(summary.servers)}`)] as const]),
    ['to see the evidence', again(run, '--json')],
    ...(summary.needsReview > 0
      ? [['to decide what needs review', 'add "overrides:" to policylayer.yaml'] as const]
      : []),
  ];
  const width = Math.max(...steps.map(([why]) => why.length));
  return steps.map(([why, what]) => `${why.padEnd(width)}  ${what}`);
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
