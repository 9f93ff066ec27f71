import { setTimeout as sleep } from 'node:timers/promises';
import type { ApprovalStore, PendingApproval, PersonsDecision } from '../../io/state/approval-store.ts';
import { renderApproval } from '../../render/gateway/approvals.ts';
import { printable } from '../../render/text/printable.ts';
import { askFor } from '../terminal/ask.ts';
import type { Terminal } from '../terminal.ts';

const LOOK_AGAIN_MS = 250;

const ANSWERS: Readonly<Record<string, PersonsDecision | null>> = { o: 'once', s: 'session', d: 'denied', '': null };
/** Names the tool: while somebody types, one call may go and another come in its place. */
const question = ({ server, tool }: PendingApproval): string =>
  `Let ${printable(tool)} of ${printable(server)} through? o: once, s: for this session, d: deny, Enter: leave it`;

/** Shows each call that waits and asks about it, one after the other, until Ctrl-C. */
export async function watchApprovals(terminal: Terminal, approvals: ApprovalStore): Promise<void> {
  const { signal } = terminal;
  const seen = new Set<string>();
  terminal.note('Waiting for calls; Ctrl-C ends this.');
  while (!signal.aborted) {
    const next = (await approvals.list()).find(({ id }) => !seen.has(id));
    if (next === undefined) {
      await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
      continue;
    }
    seen.add(next.id);
    await askAbout(terminal, approvals, next);
  }
}

async function askAbout(terminal: Terminal, approvals: ApprovalStore, approval: PendingApproval): Promise<void> {
  terminal.note(`\n${renderApproval(approval, { now: Date.now() })}`);
  const gone = new AbortController();
  const answered = new AbortController();
  const watching = watchUntilGone(approvals, approval.id, answered.signal).then(
    (isGone) => isGone && gone.abort(),
    () => gone.abort(),
  );
  const signal = AbortSignal.any([terminal.signal, gone.signal]);
  const validate = (line: string): string | true =>
    Object.hasOwn(ANSWERS, line.trim()) || 'Type o, s, d, or only Enter.';
  try {
    const line = await askFor(terminal, { message: question(approval), validate, signal });
    const decision = ANSWERS[line?.trim() ?? ''] ?? null;
    const isDecided = decision !== null && (await approvals.decide(approval.id, decision));
    if (line === null || (decision !== null && !isDecided)) terminal.note('It does not wait any more.');
  } finally {
    answered.abort();
    await watching;
  }
}

/** True once the call does not wait any more; false where that does not matter any more. */
async function watchUntilGone(approvals: ApprovalStore, id: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (!(await approvals.list()).some((waiting) => waiting.id === id)) return true;
    await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
  }
  return false;
}
