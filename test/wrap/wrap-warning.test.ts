import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromEnvironmentOnly, headersLeftOut } from '../../src/core/wrap/wrap-warning.ts';

test('a warning speaks of one name or of several', () => {
  assert.match(headersLeftOut(['A']), /^The header "A" is in the entry/);
  assert.match(headersLeftOut(['A', 'B']), /^The headers "A", "B" are in the entry/);
  assert.match(fromEnvironmentOnly(['A'], 'Codex'), /for "A": it has to be/);
  assert.match(fromEnvironmentOnly(['A', 'B'], 'Codex'), /for "A", "B": they have to be/);
});
