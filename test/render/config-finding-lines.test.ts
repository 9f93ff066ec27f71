import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chalk } from 'chalk';
import { configFindingLines } from '../../src/render/inventory/config-finding-lines.ts';

test('a long path keeps its end, where the line is', () => {
  const file = `~/${'deeply/'.repeat(20)}mcp.json`;
  const finding = {
    level: 'note',
    code: 'a',
    owasp: null,
    client: 'x',
    file,
    line: 17,
    server: 's',
    message: 'So.',
  } as const;
  const lines = configFindingLines([finding], new Chalk({ level: 0 }), { width: 80 });
  assert.deepEqual(lines, ['note: s: So. [a]', `    ${file}:17`]);
});
