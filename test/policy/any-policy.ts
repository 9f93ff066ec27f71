/** Policies of every shape, for properties that hold for all. */
import fc from 'fast-check';
import type { Condition, Guard, Limit, Policy, ToolRule } from '../../src/core/policy/policy.ts';

const path = fc.constantFrom('args', 'args.a', 'args.a.b', 'args.n', 'args.list.0', 'args.__proto__');
const value = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<never>;
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ path, op: fc.constantFrom('eq' as const, 'neq' as const), value }),
  fc.record({ path, op: fc.constantFrom('in' as const, 'not_in' as const), value: fc.array(value, { maxLength: 3 }) }),
  fc.record({
    path,
    op: fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
    value: fc.integer(),
  }),
  fc.record({ path, op: fc.constant('regex' as const), value: fc.constantFrom('a', '^$', '\\d+', '(a+)+$') }),
  fc.record({ path, op: fc.constant('contains' as const), value }),
  fc.record({ path, op: fc.constant('exists' as const), value: fc.boolean() }),
);

export const anyGuard: fc.Arbitrary<Guard> = fc.record(
  { conditions: fc.array(condition, { maxLength: 3 }), on_deny: fc.string({ minLength: 1 }) },
  { requiredKeys: ['conditions'] },
) as fc.Arbitrary<Guard>;

const guards = fc.array(anyGuard, { maxLength: 2 });
const limit = fc.record({
  counter: fc.constantFrom('c', 'd'),
  window: fc.constantFrom('minute' as const, 'hour' as const),
  max: fc.nat(),
  scope: fc.constantFrom('grant' as const, 'server' as const),
}) as fc.Arbitrary<Limit>;

const rule = fc.record(
  { require: guards, deny_if: guards, require_approval: guards, limits: fc.array(limit, { maxLength: 2 }) },
  { requiredKeys: [] },
) as fc.Arbitrary<ToolRule>;

const name = fc.oneof(fc.string(), fc.constantFrom('t', '__proto__', 'constructor', 'toString'));

export const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    default: fc.constantFrom('deny' as const, 'allow' as const),
    hide: fc.array(fc.oneof(name, fc.constant('*')), { maxLength: 2 }),
    all_tools: rule,
    tools: fc.array(fc.tuple(name, rule), { maxLength: 4 }),
  })
  .map((parts) => ({ ...parts, version: '1' as const, tools: Object.fromEntries(parts.tools) }));
