import type { Report, ServerReport } from '../../core/report.ts';
import { RISKS } from '../../core/verdict.ts';
import { worstFirst } from '../../render/text/worst-first.ts';

/** A command line that can be run again with something added. */
export interface Repeatable {
  readonly command: string;
  /** The arguments that name the same servers; null where they hold a secret, or cannot be given again. */
  readonly words: readonly string[] | null;
  /** The report calls servers by names that can be given instead. */
  readonly knowsNames?: boolean;
  /** All servers stand in a project file or with a client, so that `init` writes their policies. */
  readonly areKnown?: boolean;
}

/** What may be done next, as command lines to copy. */
export function nextSteps(report: Report, run: Repeatable, { wrote }: { wrote: boolean }): string[] {
  const { servers, summary } = report;
  if (servers.length === 0) return [];
  const explanation = explainWorst(report, run);
  const steps: readonly (readonly [why: string, what: string])[] = [
    ...(wrote ? [] : [writingStep(run, summary.servers)]),
    ...(explanation === null ? [] : [['to see why', explanation] as const]),
    ['to see the evidence', again(run, '--json')],
    ...(summary.needsReview > 0
      ? [['to decide what needs review', 'add "overrides:" to policylayer.yaml'] as const]
      : []),
  ];
  const width = Math.max(...steps.map(([why]) => why.length));
  return steps.map(([why, what]) => `${why.padEnd(width)}  ${what}`);
}

/** Servers that a project or a client names have their policies where `init` keeps them. */
function writingStep(run: Repeatable, servers: number): readonly [why: string, what: string] {
  return run.areKnown
    ? ['to write or renew their policies', 'policylayer init']
    : ['to write this policy', again(run, `-o ${policyName(servers)}`)];
}

/** The page of the tool that stands first in the table; null where it cannot be named in a command line. */
function explainWorst({ servers, summary }: Report, { words, knowsNames = false }: Repeatable): string | null {
  const [worst] = [...servers].sort((a, b) => riskOfWorst(b) - riskOfWorst(a));
  const [tool] = worstFirst(worst?.tools ?? []);
  const target = knowsNames && worst !== undefined ? [worst.name] : summary.servers === 1 ? words : null;
  if (target === null || tool === undefined || !/^\w[\w.-]*$/.test(tool.name)) return null;
  const dashes = target.indexOf('--');
  const before = dashes < 0 ? target.length : dashes;
  return `policylayer explain ${[...target.slice(0, before), tool.name, ...target.slice(before)].map(shellWord).join(' ')}`;
}

function riskOfWorst({ tools }: ServerReport): number {
  return Math.max(-1, ...tools.map(({ risk }) => RISKS.indexOf(risk)));
}

const policyName = (servers: number): string => (servers > 1 ? 'policies/' : 'policy.json');

function again({ command, words }: Repeatable, option: string): string {
  if (words === null) return `the same command with ${option}`;
  return ['policylayer', command, option, ...words.map(shellWord)].join(' ');
}

/** A word as a shell reads it back. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
