/** A policy against the tools that a server has now. */
import type { Tool } from '../../tool.ts';
import { stepsOf } from '../call-path.ts';
import type { RegexCompiler } from '../condition.ts';
import type { JsonPath } from '../json-pointer.ts';
import type { Policy } from '../policy.ts';
import { type PolicyProblem, policyProblem, toolAt } from '../policy-problem.ts';
import { conditionsOf, guardsOf, limitsOf, type RuleAt, rulesOf } from '../rule-parts.ts';
import { quoted } from '../shown-value.ts';
import { argumentIn } from './argument-domain.ts';
import { firstHints } from './first-hints.ts';
import { fitRule } from './fit-rule.ts';

/** What does not fit. A tool without an input schema fits any condition. */
export function fitPolicy(
  policy: Policy,
  tools: readonly Tool[],
  { regex }: { readonly regex: RegexCompiler },
): PolicyProblem[] {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const nearest = firstHints();
  const unknownTool = (path: JsonPath, name: string, level: PolicyProblem['level']): PolicyProblem => {
    const near = nearest(name, [...byName.keys()]);
    const meant = near.length === 0 ? '' : `: did you mean ${near.map(quoted).join(' or ')}?`;
    return policyProblem(level, 'unknown-tool', path, `the server has no tool of this name${meant}`, name);
  };
  const hidden = new Set(policy.hide);
  const problems: PolicyProblem[] = [];
  for (const rule of rulesOf(policy)) {
    const name = toolAt(rule.path);
    if (name === null) problems.push(...argumentsOfNone(rule, tools));
    else if (!byName.has(name)) problems.push(unknownTool(rule.path, name, 'error'));
    else if (!hidden.has(name) && !hidden.has('*'))
      problems.push(...fitRule(rule, byName.get(name) as Tool, { regex, nearest }));
  }
  // Under default deny a misspelt name hides nothing and lets nothing through; under default allow it does.
  const level = policy.default === 'allow' ? 'error' : 'warning';
  const unknownHidden = (policy.hide ?? []).flatMap((name, at) =>
    name === '*' || byName.has(name) ? [] : [unknownTool(['hide', at], name, level)],
  );
  return [...unknownHidden, ...problems, ...withoutRule(policy, tools)];
}

function withoutRule(policy: Policy, tools: readonly Tool[]): PolicyProblem[] {
  const hidden = new Set(policy.hide);
  if (hidden.has('*')) return [];
  const isDenied = policy.default === 'deny';
  return tools
    .filter(({ name }) => !hidden.has(name) && !Object.hasOwn(policy.tools, name))
    .map(({ name }) => {
      const message = `${quoted(name)} has no rule, so it is ${isDenied ? 'denied' : 'allowed'}`;
      return policyProblem(isDenied ? 'note' : 'warning', 'no-rule', ['tools'], message, name);
    });
}

/** A rule for all tools is about arguments that some of them have. */
function argumentsOfNone(rule: RuleAt, tools: readonly Tool[]): PolicyProblem[] {
  const schemas = tools.flatMap(({ inputSchema }) => (inputSchema === undefined ? [] : [inputSchema]));
  if (schemas.length < tools.length) return [];
  const paths = [
    ...guardsOf(rule)
      .flatMap(conditionsOf)
      .map(({ path, condition }) => ({ where: [...path, 'path'], path: condition.path })),
    ...limitsOf(rule).flatMap(({ path, limit: { increment_from: from } }) =>
      from === undefined ? [] : [{ where: [...path, 'increment_from'], path: from }],
    ),
  ];
  return paths
    .filter(({ path }) => !schemas.some((schema) => isTaken(argumentIn(schema, stepsOf(path)))))
    .map(({ where, path }) =>
      policyProblem('warning', 'unknown-argument', where, `no tool of the server has the argument ${quoted(path)}`),
    );
}

const isTaken = (argument: ReturnType<typeof argumentIn>): boolean => argument.isKnown || argument.isOpen;
