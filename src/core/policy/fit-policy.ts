/** A policy against the tools that a server has now. */
import { nearestNames } from '../nearest-names.ts';
import type { Tool } from '../tool.ts';
import { ANYTHING, argumentIn } from './argument-domain.ts';
import { stepsOf } from './call-path.ts';
import { contradictionIn } from './can-hold.ts';
import type { RegexCompiler } from './condition.ts';
import { conditionWords } from './condition-words.ts';
import { domainWords } from './domain-words.ts';
import { jsonEqual } from './json-equal.ts';
import type { JsonPath } from './json-pointer.ts';
import { neverProblem } from './lint-policy.ts';
import type { Condition, Policy } from './policy.ts';
import { type PolicyProblem, type PolicyProblemCode, toolAt } from './policy-problem.ts';
import { conditionsOf, guardsOf, limitsOf, type RuleAt, rulesOf } from './rule-parts.ts';
import { listed, quoted } from './shown-value.ts';
import { unknownArgument } from './unknown-argument.ts';

/** What does not fit. A tool without an input schema fits any condition. */
export function fitPolicy(
  policy: Policy,
  tools: readonly Tool[],
  { regex }: { readonly regex: RegexCompiler },
): PolicyProblem[] {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const hidden = new Set(policy.hide);
  const problems: PolicyProblem[] = [];
  for (const rule of rulesOf(policy)) {
    const name = toolAt(rule.path);
    if (name === null) problems.push(...argumentsOfNone(rule, tools));
    else if (!byName.has(name)) problems.push(unknownTool(rule.path, name, [...byName.keys()], 'error'));
    else if (!hidden.has(name) && !hidden.has('*'))
      problems.push(...ruleProblems(rule, byName.get(name) as Tool, regex));
  }
  return [...unknownHidden(policy, byName), ...problems, ...withoutRule(policy, tools)];
}

function unknownTool(
  path: JsonPath,
  name: string,
  names: readonly string[],
  level: PolicyProblem['level'],
): PolicyProblem {
  const near = nearestNames(name, names);
  const meant = near.length === 0 ? '' : `: did you mean ${near.map(quoted).join(' or ')}?`;
  return { level, code: 'unknown-tool', path, tool: name, message: `the server has no tool of this name${meant}` };
}

/** Under default deny a misspelt name hides nothing and lets nothing through; under default allow it does. */
function unknownHidden({ hide = [], default: byDefault }: Policy, byName: ReadonlyMap<string, Tool>): PolicyProblem[] {
  return hide.flatMap((name, at) =>
    name === '*' || byName.has(name)
      ? []
      : [unknownTool(['hide', at], name, [...byName.keys()], byDefault === 'allow' ? 'error' : 'warning')],
  );
}

function withoutRule(policy: Policy, tools: readonly Tool[]): PolicyProblem[] {
  const hidden = new Set(policy.hide);
  if (hidden.has('*')) return [];
  const isDenied = policy.default === 'deny';
  return tools
    .filter(({ name }) => !hidden.has(name) && !Object.hasOwn(policy.tools, name))
    .map(({ name }) => ({
      level: isDenied ? 'note' : 'warning',
      code: 'no-rule',
      path: ['tools'],
      tool: name,
      message: `${quoted(name)} has no rule, so it is ${isDenied ? 'denied' : 'allowed'}`,
    }));
}

function ruleProblems(rule: RuleAt, { inputSchema }: Tool, regex: RegexCompiler): PolicyProblem[] {
  if (inputSchema === undefined) return [];
  const argumentAt = (path: string) => argumentIn(inputSchema, stepsOf(path));
  const domainAt = (path: string) => {
    const argument = argumentAt(path);
    return argument.isKnown ? argument.domain : ANYTHING;
  };
  const guards = guardsOf(rule).flatMap((guard) => {
    const unknown = conditionsOf(guard).flatMap(({ path, condition }) =>
      unknownArgument([...path, 'path'], condition.path, argumentAt(condition.path)),
    );
    if (unknown.length > 0) return unknown;
    if (contradictionIn(guard.guard, { regex }) !== null) return [];
    const found = contradictionIn(guard.guard, { domainAt, regex });
    if (found !== null) {
      const because = `by the server's schema ${found.conditions[0]?.path} is ${domainWords(found.domain)}, so it cannot be that ${found.conditions.map(conditionWords).join(' and ')}`;
      return [neverProblem(guard.key, guard.path, because)];
    }
    return conditionsOf(guard).flatMap(({ path, condition }) =>
      unknownValues([...path, 'value'], condition, domainAt(condition.path).values),
    );
  });
  const limits = limitsOf(rule).flatMap(({ path, limit: { increment_from: from } }) => {
    if (from === undefined) return [];
    const where = [...path, 'increment_from'];
    const unknown = unknownArgument(where, from, argumentAt(from));
    if (unknown.length > 0) return unknown;
    const domain = domainAt(from);
    if (domain.types === null || domain.types.has('number')) return [];
    const message = `denies every call: by the server's schema ${from} is ${domainWords(domain)}, and only numbers can be added up`;
    return [problem('error', 'uncounted-argument', where, message)];
  });
  return [...guards, ...limits];
}

/** Values of a list that the schema does not know: a slip of the keyboard, or gone from the server. */
function unknownValues(path: JsonPath, { op, value }: Condition, known: readonly unknown[] | null): PolicyProblem[] {
  if (known === null || (op !== 'in' && op !== 'not_in' && op !== 'neq')) return [];
  const values: readonly unknown[] = op === 'neq' ? [value] : (value as unknown[]);
  const unknown = values.filter((each) => !known.some((other) => jsonEqual(each, other)));
  if (unknown.length === 0) return [];
  const message = `the server's schema does not list ${listed(unknown, 'or')}: it has ${listed(known, 'and')}`;
  return [problem('warning', 'unknown-value', path, message)];
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
      problem('warning', 'unknown-argument', where, `no tool of the server has the argument ${quoted(path)}`),
    );
}

const isTaken = (argument: ReturnType<typeof argumentIn>): boolean => argument.isKnown || argument.isOpen;

const problem = (
  level: PolicyProblem['level'],
  code: PolicyProblemCode,
  path: JsonPath,
  message: string,
): PolicyProblem => ({
  level,
  code,
  path,
  tool: toolAt(path),
  message,
});
