import { Chalk } from 'chalk';
import type { AuditOutcome, AuditRow } from '../../core/audit/audit-entry.ts';
import type { ChainHead, ChainState } from '../../core/audit/chain-state.ts';
import { plural } from '../text/counts.ts';
import { pad } from '../text/display-width.ts';
import { instantText } from '../text/instant.ts';
import { printable } from '../text/printable.ts';

const OUTCOME_WIDTH = 'would-deny'.length;
const NOT_OK: ReadonlySet<AuditOutcome> = new Set([
  'denied',
  'would-deny',
  'unchecked',
  'failed',
  'unanswered',
  'policy-refused',
]);

/** One row on one line. Rows come one by one, so that columns cannot know of each other. */
export function renderAuditRow(row: AuditRow, { color }: { readonly color: boolean }): string {
  const { at, outcome, grant, server, tool, rule, latencyMs, argumentKeys } = row;
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const paint = NOT_OK.has(outcome)
    ? chalk.red
    : outcome === 'approved' || outcome === 'policy-changed'
      ? chalk.yellow
      : chalk.green;
  const name = (text: string): string => printable(text, { maxChars: 100 });
  const words = [
    chalk.dim(instantText(at)),
    paint(pad(outcome, OUTCOME_WIDTH)),
    pad(name(grant), 12),
    tool === '' ? name(server) : `${name(server)} ${chalk.bold(name(tool))}`,
    name(rule),
    ...(latencyMs === null ? [] : [`${latencyMs < 10 ? latencyMs.toFixed(2) : Math.round(latencyMs)} ms`]),
    ...(argumentKeys.length === 0 ? [] : [chalk.dim(`(${argumentKeys.map(name).join(', ')})`)]),
  ];
  return `${words.join('  ')}\n`;
}

/** One row as one line of JSON, with its time in ISO 8601. */
export function auditRowJson({ at, ...row }: AuditRow): string {
  const { seq, digest, ...entry } = row;
  return `${JSON.stringify({ seq, at: new Date(at).toISOString(), ...entry, digest })}\n`;
}

/** As it is noted down, and given to `audit verify --head`. */
const headText = ({ seq, digest }: ChainHead): string => `${seq}:${digest}`;

/** What a look through the chain found. */
export function renderChainState(state: ChainState, format: 'text' | 'json'): string {
  const { intact, head } = state;
  if (format === 'json') {
    const broken = state.intact ? null : { row: state.seq, because: state.because };
    return `${JSON.stringify({ intact, rows: head.seq, head: headText(head), broken }, null, 2)}\n`;
  }
  if (state.intact) return `The audit log is whole: ${plural(head.seq, 'row')}.\nhead  ${headText(head)}\n`;
  return `The audit log is broken: ${state.because}.\nThe ${plural(head.seq, 'row')} before that ${head.seq === 1 ? 'is' : 'are'} whole.\n`;
}
