import { askPerson } from './approval.ts';
import { type Attempt, attemptOf, tell } from './attempt.ts';
import { denialOf, denialText } from './denial.ts';
import type { Enforcement } from './enforcement.ts';
import { letThrough, writeDenial } from './let-through.ts';
import { type JsonRpc, paramsOf } from './message/json-rpc.ts';
import { isLaterRound, isOurState } from './rounds.ts';
import type { Session } from './session.ts';
import { answered, type Verdict } from './verdict.ts';
import type { Withdrawal } from './withdrawal.ts';

/** Decides on one call by the policy as it is now, and writes the decision down before it takes effect. */
export async function decideCall(
  use: Enforcement,
  message: JsonRpc,
  tool: string,
  { session, withdrawal }: { readonly session: Session; readonly withdrawal: Withdrawal },
): Promise<Verdict> {
  const policy = await use.policy.refresh();
  const attempt = attemptOf(message, tool, { policy, session, withdrawal });
  const { decision } = attempt;
  if (use.isObserving) return observe(use, attempt);
  if (decision.outcome === 'deny') {
    tell(use, attempt, { event: 'denied' });
    await writeDenial(use, attempt, decision);
    return answered(denialOf(message, denialText(decision, tool)));
  }
  const earlier = earlierRound(use, attempt);
  if (earlier !== null) return letThrough(use, earlier, { outcome: 'allowed', isCounted: false });
  if (decision.outcome === 'ask') return withoutOurState(await askPerson(use, attempt));
  return withoutOurState(await letThrough(use, attempt, { outcome: 'allowed', isCounted: true }));
}

function observe(use: Enforcement, attempt: Attempt): Promise<Verdict> {
  const isCounted = earlierRound(use, attempt) === null;
  if (attempt.decision.outcome === 'allow') return letThrough(use, attempt, { outcome: 'allowed', isCounted });
  tell(use, attempt, { event: 'would-deny' });
  return letThrough(use, attempt, { outcome: 'would-deny', isCounted });
}

/** The attempt as another round of a call that was decided and counted before; null where it is none. */
function earlierRound({ rounds }: Enforcement, attempt: Attempt): Attempt | null {
  const params = paramsOf(attempt.message);
  if (!isLaterRound(params) || isOurState(params.requestState)) return null;
  const call = rounds.take(
    { caller: attempt.session.caller, tool: attempt.tool, args: attempt.args },
    params.requestState,
  );
  return call === null ? null : { ...attempt, call };
}

/** A state of ours that leads nowhere means nothing to the server. */
function withoutOurState(verdict: Verdict): Verdict {
  const { forward } = verdict;
  if (forward === null || !isOurState(paramsOf(forward).requestState)) return verdict;
  const { requestState: _, inputResponses: __, ...params } = paramsOf(forward);
  return { ...verdict, forward: { ...forward, params } };
}
