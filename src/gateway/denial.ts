/** What the agent is told of a call that is not made. The only place where that is worded. */
import type { Decision } from '../core/policy/evaluate.ts';
import type { JsonObject } from '../core/tool.ts';
import { errorAnswer, type JsonRpc, METHOD_NOT_FOUND, resultAnswer } from './message/json-rpc.ts';
import { statelessRevision } from './message/protocol-era.ts';

/** A result that an agent reads and can act on; a method other than a call gets an error, since its results are unknown. */
export function denialOf(message: JsonRpc, text: string): JsonRpc | null {
  if (!('id' in message)) return null;
  if (message.method !== 'tools/call') return errorAnswer(message.id, METHOD_NOT_FOUND, text);
  const result: JsonObject = { content: [{ type: 'text', text }], isError: true };
  return resultAnswer(message.id, statelessRevision(message) === null ? result : { resultType: 'complete', ...result });
}

/**
 * Hidden, without a rule, and made up are told in the same words: else the agent could find out by asking what is
 * hidden.
 */
export function denialText({ rule, message }: Pick<Decision, 'rule' | 'message'>, tool: string): string {
  if (rule !== '(hidden)' && rule !== '(default deny)') return `Denied by policy: ${message}`;
  return `Denied by policy: there is no tool ${quoted(tool)} that may be called. Use another tool; only a person can change the policy.`;
}

export const limitText = (message: string, resetsAt: number): string =>
  `Denied by policy: ${message} There is room again at ${new Date(resetsAt).toISOString()}.`;

export const UNCHECKED =
  'Denied: what the policy allows could not be looked up just now, so the call was not made. Try again later, or ask a person to look at the gateway.';

export const unreachedText = (because: string | undefined): string =>
  because === undefined
    ? 'The call did not reach the server, which has ended, and was not counted.'
    : `The call did not reach the server, and was not counted. ${because}`;

export const NOT_APPROVED = 'Denied: a person looked at this call and did not let it through. Do not try it again.';

export const NOBODY_ANSWERED =
  'Denied: this call needs the approval of a person, and nobody answered in time. Ask the person to run: policylayer approvals';

export const TOO_MANY_WAIT = 'Denied: too many calls wait for the approval of a person. Wait for their answers first.';

const MAX_NAME_CHARS = 200;
const quoted = (tool: string): string => JSON.stringify(tool.slice(0, MAX_NAME_CHARS));
