import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditOutcome, AuditRow } from '../../core/audit/audit-entry.ts';
import type { AuditFilter } from '../../core/audit/audit-filter.ts';
import type { AuditLog } from '../../io/state/store.ts';
import { auditRowJson, renderAuditRow } from '../../render/gateway/audit.ts';
import type { Terminal } from '../terminal.ts';
import { type StateFlags, withExistingState } from './state-place.ts';

export interface AuditFlags extends StateFlags {
  readonly server?: string;
  readonly tool?: string;
  readonly grant?: string;
  readonly outcome?: readonly AuditOutcome[];
  readonly since?: number;
  readonly last?: number;
  readonly follow?: boolean;
  readonly json?: boolean;
  readonly color: boolean;
}

const LOOK_AGAIN_MS = 250;

/** Prints the rows that fit, and with `follow` those that come, until it is interrupted. */
export async function showAudit(terminal: Terminal, flags: AuditFlags): Promise<void> {
  const { server, tool, grant, outcome: outcomes, since, last, json } = flags;
  const filter = { server, tool, grant, outcomes, since };
  const color = flags.color && terminal.hasColor;
  const show = (row: AuditRow): Promise<void> =>
    terminal.out(json ? auditRowJson(row) : renderAuditRow(row, { color }));
  const { signal } = terminal;
  await withExistingState(terminal, flags, async ({ audit }) => {
    let seen = await showPast(audit, filter, last, async (row) => show(row));
    while (flags.follow && !signal.aborted && !terminal.isOutputClosed) {
      for await (const row of audit.entries(filter, seen)) {
        await show(row);
        seen = row.seq;
      }
      await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
    }
  });
}

/** Returns the number of the last row that was there. */
async function showPast(
  audit: AuditLog,
  filter: AuditFilter,
  last: number | undefined,
  show: (row: AuditRow) => Promise<void>,
): Promise<number> {
  let seen = 0;
  const kept: AuditRow[] = [];
  for await (const row of audit.entries(filter)) {
    seen = row.seq;
    if (last === undefined) await show(row);
    else if (kept.push(row) > last) kept.shift();
  }
  for (const row of kept) await show(row);
  return seen;
}
