/** What a schema found wrong, in words that a person understands. */
import type { z } from 'zod';
import { nearestNames } from '../nearest-names.ts';
import type { JsonPath } from './json-pointer.ts';
import { guardSchema, limitSchema, OPERATORS, policySchema, toolRuleSchema } from './policy.ts';
import { type PolicyProblem, type PolicyProblemCode, toolAt } from './policy-problem.ts';
import { listed, quoted, shownValue } from './shown-value.ts';

type Issue = z.core.$ZodIssue;

/** One problem an issue; of unknown keys one a key. `root` is what was parsed, `at` where it stands in the policy. */
export function issueProblems(issue: Issue, root: unknown, at: JsonPath): PolicyProblem[] {
  const below = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const path = [...at, ...below];
  const problem = (code: PolicyProblemCode, where: JsonPath, message: string): PolicyProblem => ({
    level: 'error',
    code,
    path: where,
    tool: toolAt(where),
    message,
  });
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => problem('unknown-key', [...path, key], unknownKey(key, path)));
  const value = valueBelow(root, below);
  if (value === undefined) return [problem('missing-key', path, `is missing: it ${expectation(issue, path)}`)];
  return [problem('wrong-value', path, `${expectation(issue, path)}, not ${shownValue(value)}`)];
}

function unknownKey(key: string, path: JsonPath): string {
  const known = knownKeys(path);
  const near = nearestNames(key, known);
  return near.length > 0
    ? `is no key that the policy knows: did you mean ${near.map(quoted).join(' or ')}?`
    : `is no key that the policy knows: here can be ${listed(known, 'or')}`;
}

const CONDITION_KEYS = ['path', 'op', 'value'];

/** The keys an object may have, told by where it stands. */
function knownKeys(path: JsonPath): string[] {
  const rule = path[0] === 'tools' ? path.slice(2) : path[0] === 'all_tools' ? path.slice(1) : null;
  if (rule === null) return Object.keys(policySchema.shape);
  if (rule.length === 0) return Object.keys(toolRuleSchema.shape);
  if (rule[0] === 'limits') return Object.keys(limitSchema.shape);
  return rule.includes('conditions') ? CONDITION_KEYS : Object.keys(guardSchema.shape);
}

const PATTERNED: Readonly<Record<string, string>> = {
  path: 'must begin with "args", for example "args.amount"',
  increment_from: 'must name an argument, for example "args.amount"',
  counter: 'must be made of a-z, 0-9 and _',
};

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function expectation(issue: Issue, path: JsonPath): string {
  const key = path.at(-1);
  switch (issue.code) {
    case 'invalid_value':
      return key === 'version'
        ? 'must be "1", in quotes'
        : `must be ${issue.values.length === 1 ? '' : 'one of '}${listed(issue.values, 'or')}`;
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}${operatorNote(path)}`;
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'invalid_format':
      return PATTERNED[String(key)] ?? 'is malformed';
    case 'invalid_union':
      return key === 'op' ? `must be one of ${listed(OPERATORS, 'or')}` : 'must be a value of JSON';
    default:
      return 'must be a value of JSON';
  }
}

/** Which values a condition takes depends on its operator. */
const operatorNote = (path: JsonPath): string =>
  path.at(-1) === 'value' && path.includes('conditions') ? ' for this operator' : '';

/** Own properties only. */
function valueBelow(root: unknown, path: JsonPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}
