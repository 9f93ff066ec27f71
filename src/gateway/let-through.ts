import type { AuditOutcome } from '../core/audit/audit-entry.ts';
import type { Receipt, Reserved } from '../io/state/store.ts';
import { type Attempt, entryOf, tell } from './attempt.ts';
import { denialOf, limitText, UNCHECKED, unreachedText } from './denial.ts';
import type { Enforcement } from './enforcement.ts';
import { idKey, isRequestId, type JsonRpc } from './message/json-rpc.ts';
import { answered, DROPPED, type Verdict } from './verdict.ts';

/** What a call is let through as: counted by its limits, unless another round of it was. */
export interface LetThrough {
  readonly outcome: Extract<AuditOutcome, 'allowed' | 'approved' | 'would-deny'>;
  readonly isCounted: boolean;
}

/** The record is written first, with what the limits take, and then the call goes out: where that fails it does not. */
export async function letThrough(use: Enforcement, attempt: Attempt, as: LetThrough): Promise<Verdict> {
  const written = await writeDown(use, attempt, as);
  if (written === 'denied') return answered(denialOf(attempt.message, UNCHECKED));
  if (written !== 'unchecked' && !written.ok) {
    const { full, resetsAt } = written;
    tell(use, attempt, { event: 'denied', rule: full.pointer, message: full.message });
    return answered(denialOf(attempt.message, limitText(full.message, resetsAt)));
  }
  const receipt = written === 'unchecked' ? null : written.receipt;
  if (attempt.withdrawal.isWithdrawn()) {
    await takeBack(use, attempt, receipt);
    return DROPPED;
  }
  return sent(use, attempt, receipt);
}

const NOTHING: Reserved = { ok: true, receipt: { taken: [] } };

async function writeDown(
  use: Enforcement,
  attempt: Attempt,
  { outcome, isCounted }: LetThrough,
): Promise<Reserved | 'unchecked' | 'denied'> {
  const { store, isObserving, whenStateFails } = use;
  const { session, decision } = attempt;
  const limits = isCounted ? decision.limits : [];
  const entry = (as: AuditOutcome, rule: string) => entryOf(attempt, session, as, when(use, attempt, rule));
  try {
    if (limits.length === 0) {
      await store.record(entry(outcome, decision.rule));
      return NOTHING;
    }
    const reserved = await store.reserveAndRecord(session.caller, limits, (full) =>
      full === null ? entry(outcome, decision.rule) : entry(isObserving ? 'would-deny' : 'denied', full.full.pointer),
    );
    if (!isObserving || reserved.ok) return reserved;
    tell(use, attempt, { event: 'would-deny', rule: reserved.full.pointer, message: reserved.full.message });
    return NOTHING;
  } catch (error) {
    if (isObserving || whenStateFails === 'allow') {
      stateFailedOpen(use, attempt, error);
      return 'unchecked';
    }
    stateFailed(use, attempt, error);
    return 'denied';
  }
}

function sent(use: Enforcement, attempt: Attempt, receipt: Receipt | null): Verdict {
  const { session, message, call, tool, args, decision, argumentKeys, era } = attempt;
  const key = isRequestId(message.id) ? idKey(message.id) : null;
  const sentAt = performance.now();
  if (key !== null)
    session.inFlight.set(key, {
      kind: 'call',
      call: { call, tool, args, rule: decision.rule, argumentKeys, era, sentAt },
    });
  const unreached = async (because?: string): Promise<JsonRpc | null> => {
    if (key !== null) session.inFlight.delete(key);
    await takeBack(use, attempt, receipt);
    return denialOf(message, unreachedText(because));
  };
  return { forward: message, answer: null, unreached };
}

async function takeBack(use: Enforcement, attempt: Attempt, receipt: Receipt | null): Promise<void> {
  const { store } = use;
  try {
    if (receipt !== null && receipt.taken.length > 0) await store.giveBack(receipt);
    await store.record(entryOf(attempt, attempt.session, 'unreached', when(use, attempt, attempt.decision.rule)));
  } catch (error) {
    stateFailed(use, attempt, error);
  }
}

/** Records that a call was denied. It is denied also where that cannot be recorded. */
export async function writeDenial(
  use: Enforcement,
  attempt: Attempt,
  { rule }: { readonly rule: string },
): Promise<void> {
  try {
    await use.store.record(entryOf(attempt, attempt.session, 'denied', when(use, attempt, rule)));
  } catch (error) {
    stateFailed(use, attempt, error);
  }
}

export function stateFailed(use: Enforcement, attempt: Attempt, error: unknown): void {
  tell(use, attempt, { event: 'state-failed', level: 'error', message: textOf(error) });
}

function stateFailedOpen(use: Enforcement, attempt: Attempt, error: unknown): void {
  const message = `${textOf(error)} The call was let through unchecked.`;
  tell(use, attempt, { event: 'state-failed', level: 'error', message });
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const when = ({ now }: Enforcement, { startedAt }: Attempt, rule: string) => ({
  rule,
  at: now(),
  latencyMs: performance.now() - startedAt,
});
