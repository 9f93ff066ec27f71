import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { testReportSchema } from '../../src/core/policy/test-report.ts';
import { ROOT, run, temporaryFolder } from '../support/run-cli.ts';

const POLICY = `version: "1"
default: deny
hide: [gone]
tools:
  pay:
    require_approval: [{ conditions: [{ path: args.amount, op: gt, value: 5 }] }]
    limits: [{ counter: spent, window: day, max: 9.5, scope: server, increment_from: args.amount }]
`;
const CASES = `- { tool: pay, args: { amount: 1 }, expect: allow, repeat: 9 }
- { tool: pay, args: { amount: 6 }, expect: deny, rule: /tools/pay, message: No. }
`;

test('what test prints as JSON is what the published schema says', async (t) => {
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'p.yaml'), POLICY);
  writeFileSync(join(cwd, 'c.yaml'), CASES);
  for (const [exitCode, ...words] of [
    [0, 'pay', '--args', '{"amount": 1}'],
    [1, 'pay', '--args', '{"amount": 6}'],
    [1, 'gone'],
    [1, '--cases', 'c.yaml'],
  ] as const) {
    const ran = await run(['test', 'p.yaml', ...words, '--json'], { cwd });
    assert.equal(ran.exitCode, exitCode);
    testReportSchema.parse(JSON.parse(ran.stdout));
  }
  const published = JSON.parse(readFileSync(join(ROOT, 'dist/schema/test.json'), 'utf8'));
  assert.deepEqual(published, z.toJSONSchema(testReportSchema));
});
