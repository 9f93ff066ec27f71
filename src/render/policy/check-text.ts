import { Chalk } from 'chalk';
import type { CheckedPolicy, CheckReport, PlacedProblem } from '../../core/policy/check/check-report.ts';
import { plural } from '../text/counts.ts';
import { printable } from '../text/printable.ts';

const MAX_LINE_CHARS = 600;
const MAX_NAMED = 10;

/** A line a problem, as compilers print them, then a line a policy. */
export function renderCheckText({ policies }: CheckReport, { color }: { readonly color: boolean }): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const paints = { error: chalk.red, warning: chalk.yellow, note: chalk.cyan };
  return policies
    .flatMap((policy) => [
      ...joined(policy.problems).map(({ level, place, says }) => {
        const where = printable(`${policy.file}:${place}`, { maxChars: MAX_LINE_CHARS });
        return `${where}: ${paints[level](level)}: ${printable(says, { maxChars: MAX_LINE_CHARS })}`;
      }),
      printable(`${policy.file}: ${verdict(policy)}`, { maxChars: MAX_LINE_CHARS }),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

interface Line {
  readonly level: PlacedProblem['level'];
  readonly place: string;
  readonly says: string;
}

/** Tools without a rule are on one line: a server can have hundreds. */
function joined(problems: readonly PlacedProblem[]): Line[] {
  const without = problems.filter(({ code }) => code === 'no-rule');
  const lines: Line[] = [];
  for (const problem of problems) {
    const place = `${problem.line}:${problem.column}`;
    if (problem.code !== 'no-rule' || without.length === 1)
      lines.push({ level: problem.level, place, says: `${problem.at}: ${problem.message} (${problem.code})` });
    else if (problem === without[0]) lines.push({ level: problem.level, place, says: withoutRule(problem, without) });
  }
  return lines;
}

function withoutRule({ at, code, level }: PlacedProblem, without: readonly PlacedProblem[]): string {
  const names = without.slice(0, MAX_NAMED).map(({ tool }) => JSON.stringify(tool));
  const more = without.length > MAX_NAMED ? [`${without.length - MAX_NAMED} more`] : [];
  const fate = level === 'warning' ? 'allowed' : 'denied';
  return `${at}: ${without.length} tools of the server have no rule, so they are ${fate}: ${[...names, ...more].join(', ')} (${code})`;
}

function verdict(policy: CheckedPolicy): string {
  const { server, valid, rules, hidden, problems } = policy;
  const errors = problems.filter(({ level }) => level === 'error').length;
  const warnings = problems.filter(({ level }) => level === 'warning').length;
  const found = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ].join(', ');
  if (!valid) return `not valid: ${found}`;
  const holds = `${plural(rules, 'rule')}, ${hidden} hidden`;
  const against =
    server === null
      ? 'valid'
      : `${errors > 0 ? 'valid, but does not fit' : server.complete ? 'fits' : 'fits what was seen of'} ${server.name} (${plural(server.tools, 'tool')})`;
  return `${against}; ${holds}${found === '' ? '' : `; ${found}`}`;
}
