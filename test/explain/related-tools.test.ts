import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relatedFirst } from '../../src/core/explain/related-tools.ts';

test('tools whose names share words come first, rare words before those that most names have', () => {
  assert.deepEqual(
    relatedFirst('shop_list_orders', ['shop_get_weather', 'shop_list_customers', 'shop_get_order', 'shop_list_notes']),
    ['shop_get_order', 'shop_list_customers', 'shop_list_notes', 'shop_get_weather'],
  );
});

test('tools that share no words stay in the order of the server', () => {
  assert.deepEqual(relatedFirst('ping', ['b', 'a', '__proto__']), ['b', 'a', '__proto__']);
});
