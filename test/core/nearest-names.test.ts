import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestNames } from '../../src/core/nearest-names.ts';

const NAMES = ['list_orders', 'get_order', 'delete_order', 'createOrder', 'ping'];

const NEAR: readonly (readonly [given: string, meant: string[]])[] = [
  ['list_order', ['list_orders', 'get_order']],
  ['list-orders', ['list_orders']],
  ['ListOrders', ['list_orders']],
  ['create_order', ['createOrder']],
  ['delet_ordr', ['delete_order']],
  ['order', ['list_orders', 'get_order', 'delete_order']],
  ['frobnicate', []],
  ['', []],
];

for (const [given, meant] of NEAR)
  test(`"${given}" is near ${meant.join(', ') || 'nothing'}`, () =>
    assert.deepEqual(nearestNames(given, NAMES), meant));

test('names of two letters are not near to each other for being short', () => {
  assert.deepEqual(nearestNames('g2', ['fs', 'pm', 'gfs', 'g1']), ['g1']);
});

test('monstrous names and lists are answered at once', () => {
  assert.deepEqual(nearestNames('x'.repeat(1_000_000), NAMES), []);
  assert.deepEqual(nearestNames('ping', ['x'.repeat(1_000_000), ...NAMES]), ['ping']);
  assert.equal(
    nearestNames(
      'a'.repeat(128),
      Array.from({ length: 100_000 }, () => 'b'.repeat(128)),
    ).length,
    0,
  );
});
