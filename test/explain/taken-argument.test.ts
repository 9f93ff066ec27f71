import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttackPattern } from '../../src/core/explain/attack-pattern.ts';
import { takenArgument } from '../../src/core/explain/taken-argument.ts';

const regex: AttackPattern['stop'] = {
  says: 'x',
  rule: { deny_if: [{ conditions: [{ path: 'args.ARGUMENT', op: 'regex', value: 'x' }] }] },
};
const given: AttackPattern['stop'] = {
  says: 'x',
  rule: { require_approval: [{ conditions: [{ path: 'args.ARGUMENT', op: 'exists', value: true }] }] },
};
const needs = { all: ['Read' as const], argument: ['file_path', 'path'], unless: ['api', 'owner'] };
const taken = (properties: object, stop = regex) => takenArgument({ properties }, { needs, stop })?.join('.');

test('an argument is found however it is spelled, and inside the one object that all arguments are wrapped in', () => {
  assert.equal(taken({ filePath: {} }), 'filePath');
  assert.equal(taken({ params: { properties: { path: {} } } }), 'params.path');
  assert.equal(taken({ params: { properties: { path: {} } }, other: {} }), undefined);
  assert.equal(takenArgument(undefined, { needs, stop: regex }), undefined);
});

test('an argument that is said to be something else, or stands beside one that says so, is left out', () => {
  assert.equal(taken({ path: { description: 'The API endpoint.' } }), undefined);
  assert.equal(taken({ path: { description: 'Rapid access.' } }), 'path');
  assert.equal(taken({ path: {}, owner: {} }), undefined);
});

test('a list counts only for a rule that asks no more than whether it is given', () => {
  const path = { type: 'array' };
  assert.equal(taken({ path }), undefined);
  assert.equal(taken({ path }, given), 'path');
});
