/** What a schema found wrong, in words that a person understands. */
import type { z } from 'zod';
import { nearestNames } from '../nearest-names.ts';
import type { JsonPath } from './json-pointer.ts';
import { OPERATORS } from './policy.ts';
import { listed, quoted, shownValue } from './shown-value.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong at one place; the sentence is whole but for its subject, the place. */
export interface IssueAt {
  readonly code: 'unknown-key' | 'missing-key' | 'wrong-value';
  readonly path: JsonPath;
  readonly message: string;
}

/** One an issue, and of unknown keys one a key. `root` is what was parsed. */
export function issuesAt(issue: Issue, root: unknown, knownKeys: (path: JsonPath) => readonly string[]): IssueAt[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'unknown-key',
      path: [...path, key],
      message: unknownKey(key, knownKeys(path)),
    }));
  const value = valueBelow(root, path);
  if (value === undefined)
    return [{ code: 'missing-key', path, message: `is missing: it ${expectation(issue, path)}` }];
  const isEmptyList = issue.code === 'too_small' && issue.origin === 'array';
  const found = isEmptyList ? '' : `, not ${shownValue(value)}`;
  return [{ code: 'wrong-value', path, message: `${expectation(issue, path)}${found}` }];
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearestNames(key, known);
  return near.length > 0
    ? `is no key that can be here: did you mean ${near.map(quoted).join(' or ')}?`
    : `is no key that can be here: there are ${listed(known, 'and')}`;
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
      return issue.origin === 'array' ? 'must not be empty' : `must be at least ${issue.minimum}`;
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
