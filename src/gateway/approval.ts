import { isObject } from '../core/tool.ts';
import { type Approval, approvalForm, approvalIn } from './approval-form.ts';
import { type Attempt, tell } from './attempt.ts';
import { denialOf, NOBODY_ANSWERED, NOT_APPROVED, TOO_MANY_WAIT, UNCHECKED } from './denial.ts';
import type { Enforcement } from './enforcement.ts';
import { letThrough, stateFailed, writeDenial } from './let-through.ts';
import { paramsOf, resultAnswer } from './message/json-rpc.ts';
import { canAsk, statelessCapabilities, statelessRevision } from './message/protocol-era.ts';
import { askClient } from './session.ts';
import { answered, DROPPED, type Verdict } from './verdict.ts';

/** The key of our question among those of a server. */
const QUESTION = 'policylayer-approval';
const MAX_WAITING = 100;

type Outcome = Approval | 'expired' | 'unreachable' | 'withdrawn';

/**
 * Puts a call before a person: through the client where it can ask one, else in the store for another terminal. What was
 * approved for the session is not asked again; what another rule asks about the same call is.
 */
export function askPerson(use: Enforcement, attempt: Attempt): Verdict | Promise<Verdict> {
  const { session, tool, decision } = attempt;
  const questions = decision.questions.filter(({ text }) => !session.approved.has(approvalKey(tool, text)));
  const [first] = questions;
  if (first === undefined) return letThrough(use, attempt, { outcome: 'approved', isCounted: true });
  const message = questions.map((question) => question.message).join(' ');
  return askAbout(use, { ...attempt, decision: { ...decision, rule: first.rule, message, questions } });
}

function askAbout(use: Enforcement, attempt: Attempt): Verdict | Promise<Verdict> {
  const { session, message, decision, tool, args } = attempt;
  const isStateless = statelessRevision(message) !== null;
  const params = paramsOf(message);
  const call = { caller: session.caller, tool, args };
  if (isStateless) {
    const question = use.rounds.answered(call, params.requestState);
    const answers = params.inputResponses;
    if (question !== null && question.rule === decision.rule) {
      const first = { ...attempt, message: { ...message, params: { ...question.params, _meta: params._meta } } };
      return settle(use, first, approvalIn(isObject(answers) ? answers[QUESTION] : undefined));
    }
    if (canAsk(statelessCapabilities(message)) && 'id' in message) {
      tell(use, attempt, { event: 'asked' });
      const form = approvalForm(session.caller.server, tool, args, decision.message);
      return answered(
        resultAnswer(message.id, {
          resultType: 'input_required',
          inputRequests: { [QUESTION]: { method: 'elicitation/create', params: { mode: 'form', ...form } } },
          requestState: use.rounds.ask(call, { rule: decision.rule, params }),
        }),
      );
    }
  }
  // A call that nobody could be told the outcome of is not worth a person's time.
  if (!('id' in message)) return settle(use, attempt, 'expired');
  const waiting = [...session.inFlight.values()].filter(({ kind }) => kind === 'waiting').length;
  if (waiting > MAX_WAITING) return deny(use, attempt, TOO_MANY_WAIT);
  const asksClient = !isStateless && canAsk(session.agreed.capabilities);
  const outcome = asksClient ? throughClient(use, attempt) : throughStore(use, attempt);
  return { ...DROPPED, later: outcome.then((decided) => settle(use, attempt, decided)) };
}

async function throughClient(use: Enforcement, attempt: Attempt): Promise<Outcome> {
  const { session, tool, args, decision } = attempt;
  const signal = attempt.withdrawal.signal();
  const time = AbortSignal.timeout(use.approvalTimeoutMs);
  const form = approvalForm(session.caller.server, tool, args, decision.message);
  tell(use, attempt, { event: 'asked' });
  const answer = await askClient(session, 'elicitation/create', form, AbortSignal.any([signal, time]));
  if (signal.aborted) return 'withdrawn';
  if (time.aborted) return 'expired';
  // A client that said it could ask, and cannot, has not said no.
  return answer === null || !('result' in answer) ? throughStore(use, attempt) : approvalIn(answer.result);
}

async function throughStore(use: Enforcement, attempt: Attempt): Promise<Outcome> {
  const { store, approvalTimeoutMs: timeoutMs } = use;
  const { session, tool, args, decision } = attempt;
  const signal = attempt.withdrawal.signal();
  const { rule, message } = decision;
  const { server } = session.caller;
  try {
    const id = await store.approvals.ask({ grant: session.grant, server, tool, rule, message, args, timeoutMs });
    tell(use, attempt, { event: 'asked', message: `${message} It waits as ${id} for "policylayer approvals".` });
    const outcome = await store.approvals.outcome(id, signal);
    return signal.aborted ? 'withdrawn' : outcome;
  } catch (error) {
    stateFailed(use, attempt, error);
    return 'unreachable';
  }
}

const DENIALS: Readonly<Record<'denied' | 'expired' | 'unreachable', string>> = {
  denied: NOT_APPROVED,
  expired: NOBODY_ANSWERED,
  unreachable: UNCHECKED,
};

async function settle(use: Enforcement, attempt: Attempt, outcome: Outcome): Promise<Verdict> {
  if (outcome === 'withdrawn') {
    await writeDenial(use, attempt, attempt.decision);
    return DROPPED;
  }
  if (outcome !== 'once' && outcome !== 'session') return deny(use, attempt, DENIALS[outcome]);
  const { session, tool, decision } = attempt;
  if (outcome === 'session') for (const { text } of decision.questions) session.approved.add(approvalKey(tool, text));
  tell(use, attempt, { event: 'approved', message: `A person let it through: ${outcome}.` });
  return letThrough(use, attempt, { outcome: 'approved', isCounted: true });
}

async function deny(use: Enforcement, attempt: Attempt, text: string): Promise<Verdict> {
  tell(use, attempt, { event: 'denied', message: text });
  await writeDenial(use, attempt, attempt.decision);
  return answered(denialOf(attempt.message, text));
}

const approvalKey = (tool: string, text: string): string => JSON.stringify([tool, text]);
