import { Chalk } from 'chalk';
import type { Decision } from '../../core/policy/evaluate.ts';
import type { CaseResult } from '../../core/policy/run-cases.ts';
import { plural } from '../text/counts.ts';
import { printable } from '../text/printable.ts';

const OUTCOME_WORDS = { allow: 'allowed', deny: 'denied', ask: 'waits for approval' } as const;
const MAX_LINE_CHARS = 600;

interface DecisionOptions {
  readonly color: boolean;
  readonly file: string;
  /** Where in the file the rule stands; null where no rule of it decided. */
  readonly place: { readonly line: number } | null;
}

/** One decision: what becomes of the call, by which rule, and what the agent is told. */
export function renderDecision(tool: string, decision: Decision, { color, file, place }: DecisionOptions): string {
  const { outcome, rule, message, limits } = decision;
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const paints = { allow: chalk.green, deny: chalk.red, ask: chalk.yellow };
  const counted = limits.map(
    ({ counter, amount, max, window, scope }) =>
      `limit    ${counter}: takes ${amount} of ${max} a ${window}, ${scope === 'grant' ? 'each caller its own' : 'all callers together'}`,
  );
  const lines = [
    `${printable(tool)}: ${paints[outcome](OUTCOME_WORDS[outcome])}`,
    `rule     ${printable(rule, { maxChars: MAX_LINE_CHARS })}${place === null ? '' : ` (${printable(file)}:${place.line})`}`,
    `message  ${printable(message, { maxChars: MAX_LINE_CHARS })}`,
    ...counted.map((line) => printable(line)),
  ];
  return `${lines.join('\n')}\n`;
}

type LocatedResult = CaseResult & { readonly line: number };

/** A line a case, and how many passed. */
export function renderCases(
  results: readonly LocatedResult[],
  { color, file }: { readonly color: boolean; readonly file: string },
): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const lines = results.flatMap((result) => {
    const { number, tool, passed, expected, calls, call, got, line } = result;
    const times = calls === 1 ? '' : `, ${calls} times`;
    const title = `${number} ${printable(tool)}: ${OUTCOME_WORDS[expected.outcome]}${times}`;
    if (passed) return [`${chalk.green('ok')} ${title}`];
    const which = calls === 1 ? '' : `call ${call}: `;
    return [
      `${chalk.red('not ok')} ${title} (${printable(file)}:${line})`,
      ...differences(result).map((text) => `  ${which}${printable(text, { maxChars: MAX_LINE_CHARS })}`),
      `  decided by ${printable(got.rule)}: ${printable(got.message, { maxChars: MAX_LINE_CHARS })}`,
    ];
  });
  const failed = results.filter(({ passed }) => !passed).length;
  const count = failed === 0 ? 'all passed' : `${failed} failed`;
  return `${[...lines, `${plural(results.length, 'case')}, ${count}`].join('\n')}\n`;
}

function differences({ expected, got }: CaseResult): string[] {
  if (expected.outcome !== got.outcome)
    return [
      `expected ${OUTCOME_WORDS[expected.outcome]}, but it ${got.outcome === 'ask' ? '' : 'is '}${OUTCOME_WORDS[got.outcome]}`,
    ];
  return [
    ...(expected.rule === undefined || expected.rule === got.rule ? [] : [`expected the rule ${expected.rule}`]),
    ...(expected.message === undefined || expected.message === got.message
      ? []
      : [`expected the message ${JSON.stringify(expected.message)}`]),
  ];
}
