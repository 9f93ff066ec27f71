/** What a valid policy does, and its author hardly means. No server is needed to see it. */

import type { RegexCompiler } from '../condition.ts';
import { conditionWords } from '../condition-words.ts';
import type { JsonPath } from '../json-pointer.ts';
import type { Policy } from '../policy.ts';
import { type PolicyProblem, policyProblem } from '../policy-problem.ts';
import { type GuardKey, guardsOf, limitsOf, type RuleAt, rulesOf } from '../rule-parts.ts';
import { quoted } from '../shown-value.ts';
import { contradictionIn } from './can-hold.ts';

export function lintPolicy(policy: Policy, { regex }: { readonly regex: RegexCompiler }): PolicyProblem[] {
  const open =
    policy.default === 'allow'
      ? [
          policyProblem(
            'warning',
            'default-allow',
            ['default'],
            'lets every tool be called that no rule denies, also one that the server adds later',
          ),
        ]
      : [];
  const rules = rulesOf(policy);
  return [
    ...open,
    ...hiddenProblems(policy),
    ...rules.flatMap((rule) => [...contradictions(rule, regex), ...shadowed(rule), ...emptyLimits(rule)]),
  ];
}

function hiddenProblems({ hide = [], tools }: Policy): PolicyProblem[] {
  const hidden = new Set(hide);
  const seen = new Set<string>();
  const twice = hide.flatMap((name, at) =>
    seen.size < seen.add(name).size
      ? []
      : [policyProblem('warning', 'hidden-twice', ['hide', at], `names ${quoted(name)} a second time`, name)],
  );
  if (hidden.has('*')) {
    const rules = Object.keys(tools).length;
    const message = `"*" hides every tool, so ${rules === 1 ? 'the rule below is' : `the ${rules} rules below are`} never used`;
    return rules === 0
      ? twice
      : [...twice, policyProblem('warning', 'hidden-rule', ['hide', hide.indexOf('*')], message)];
  }
  const ruled = Object.keys(tools).filter((name) => hidden.has(name));
  return [
    ...twice,
    ...ruled.map((name) =>
      policyProblem(
        'warning',
        'hidden-rule',
        ['tools', name],
        'is never used, since "hide" names the tool: it is hidden and denied',
      ),
    ),
  ];
}

function contradictions(rule: RuleAt, regex: RegexCompiler): PolicyProblem[] {
  return guardsOf(rule).flatMap(({ path, key, guard }) => {
    const found = contradictionIn(guard, { regex });
    if (found === null) return [];
    return [neverProblem(key, path, `it cannot be that ${found.conditions.map(conditionWords).join(' and ')}`)];
  });
}

/** A guard that no call can fulfil, for the reason given. */
export function neverProblem(key: GuardKey, path: JsonPath, because: string): PolicyProblem {
  return key === 'require'
    ? policyProblem('error', 'never-allowed', path, `denies every call: ${because}`)
    : policyProblem(
        'error',
        'never-fires',
        path,
        `never ${key === 'deny_if' ? 'denies a call' : 'asks a person'}: ${because}`,
      );
}

/** What comes after a denial without conditions is never reached. */
function shadowed(rule: RuleAt): PolicyProblem[] {
  const guards = guardsOf(rule).filter(({ key }) => key !== 'require');
  const closing = guards.findIndex(({ key, guard }) => key === 'deny_if' && guard.conditions.length === 0);
  if (closing < 0) return [];
  const behind = [...guards.slice(closing + 1), ...limitsOf(rule)];
  return behind.map(({ path }) =>
    policyProblem(
      'warning',
      'shadowed',
      path,
      'is never reached: a "deny_if" without conditions before it denies every call',
    ),
  );
}

function emptyLimits(rule: RuleAt): PolicyProblem[] {
  return limitsOf(rule).flatMap(({ path, limit }) =>
    limit.max === 0 && limit.increment_from === undefined
      ? [policyProblem('warning', 'never-allowed', [...path, 'max'], 'is 0, so every call is denied')]
      : [],
  );
}
