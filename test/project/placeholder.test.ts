import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  placeholder as env,
  fillPlaceholders,
  placeholdersIn,
  valuesBetween,
} from '../../src/core/project/placeholder.ts';

test('what is put in for placeholders is found again', () => {
  const template = `a ${env('A')} b ${env('B-1')}${env('A')}`;
  assert.deepEqual(placeholdersIn(template), ['A', 'B-1']);
  assert.equal(fillPlaceholders(template, new Map([['A', '$1']])), `a $1 b ${env('B-1')}$1`);
  for (const [shape, text, values] of [
    [`--key=${env('A')}`, '--key=x=y', { A: 'x=y' }],
    [`${env('A')}:${env('B')}/${env('A')}`, 'u:p/u', { A: 'u', B: 'p' }],
    ['same', 'same', {}],
    [`--key=${env('A')}`, '--key=', { A: '' }],
    [`${env('A')}-`, '-', { A: '' }],
  ] as const)
    assert.deepEqual(Object.fromEntries(valuesBetween(shape, text) ?? []), values);
});

test('a text that the template cannot become has no values', () => {
  for (const [shape, text] of [
    [`--key=${env('A')}`, '--kez=x'],
    [`${env('A')}:${env('A')}`, 'u:p'],
    [`${env('A')}${env('B')}`, 'up'],
    [`a${env('A')}a`, 'a'],
    ['same', 'other'],
  ] as const)
    assert.equal(valuesBetween(shape, text), null, shape);
});
