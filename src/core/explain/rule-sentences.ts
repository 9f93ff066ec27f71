/** A rule of a policy in words. The only place where rules are worded. */
import type { Classification } from '../classification.ts';
import { whenWords } from '../policy/condition-words.ts';
import type { Guard, Limit, ToolRule } from '../policy/policy.ts';
import { letsNothingThrough } from './beside-recommended.ts';

/** What the recommended policy does with a tool, in full sentences. */
export function recommendedWords(name: string, { rule, hidden }: Pick<Classification, 'rule' | 'hidden'>): string {
  const rest = 'Everything else on the server is denied unless the policy says otherwise.';
  if (hidden) return `${name} is hidden: agents do not see it in the list of tools, and a call is denied. ${rest}`;
  if (rule === null) return `${name} gets no entry, so it is denied until a person has looked at it. ${rest}`;
  const sentences = ruleWords(rule);
  if (sentences.length === 0) return `${name} may be called without conditions or limits. ${rest}`;
  const first = letsNothingThrough(rule)
    ? `${name} stays in the list of tools, but its rule lets no call through until a person changes it.`
    : `${name} may be called within its rule.`;
  return [first, ...sentences, rest].join(' ');
}

function ruleWords({ require = [], deny_if = [], require_approval = [], limits = [] }: ToolRule): string[] {
  return [
    ...require
      .filter(({ conditions }) => conditions.length > 0)
      .map((guard) => `A call is denied unless ${whenWords(guard)}.${toldWords(guard)}`),
    ...deny_if.map((guard) => `${outcomeWords(guard, 'is denied')}.${toldWords(guard)}`),
    ...require_approval.map((guard) => `${outcomeWords(guard, 'waits for a person to approve it')}.`),
    ...limits.map(limitWords),
  ];
}

function outcomeWords(guard: Guard, outcome: string): string {
  return guard.conditions.length === 0 ? `Every call ${outcome}` : `A call ${outcome} when ${whenWords(guard)}`;
}

function toldWords({ on_deny }: Guard): string {
  if (on_deny === undefined) return '';
  return ` The agent is told "${on_deny}"${/[.!?]$/.test(on_deny) ? '' : '.'}`;
}

function limitWords({ max, window, scope, increment_from }: Limit): string {
  const who = scope === 'grant' ? 'Each caller' : 'All callers together';
  return increment_from === undefined
    ? `${who} may make at most ${max} ${max === 1 ? 'call' : 'calls'} ${windowWords(window)}.`
    : `${who} may spend at most ${max} ${windowWords(window)}, added up from ${increment_from}.`;
}

function windowWords(window: Limit['window']): string {
  return window === 'hour' ? 'an hour' : `a ${window}`;
}
