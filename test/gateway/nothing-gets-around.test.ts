/** Whatever a client sends: the calls that reach the server, however the server reads, are calls the policy allows. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePolicy } from '../../src/core/policy/compile-policy.ts';
import { createEnforcer } from '../../src/gateway/enforcer.ts';
import { passText } from '../../src/gateway/pass-text.ts';
import { createSession } from '../../src/gateway/session.ts';
import { loadLinearRegex } from '../../src/io/policy/linear-regex.ts';
import { openStore } from '../../src/io/state/open-store.ts';
import { enforcementOver } from '../support/enforcement-over.ts';
import { GATEWAY_POLICY, startGateway } from '../support/gateway-run.ts';
import { assertAllowed, callsInLines, hostileText } from '../support/hostile-texts.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { fixedPolicy } from './fixed-policy.ts';

test('no text of a client makes a call reach the server that the policy denies', async (t) => {
  const store = await openStore(join(temporaryFolder(t), 'state.db'));
  t.after(() => store.close());
  const regex = await loadLinearRegex();
  const policy = fixedPolicy(compilePolicy(GATEWAY_POLICY as never, { regex }));
  let passed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(hostileText, { minLength: 1, maxLength: 4 }), async (texts) => {
      const enforcer = createEnforcer({ server: 's', policy, ...enforcementOver(store) });
      const session = createSession({ caller: { grant: 'local', server: 's' }, grant: 'local', toClient: () => true });
      for (const each of texts) {
        const { forward } = await passText(Buffer.from(each), enforcer, session);
        if (forward === null) continue;
        assert.doesNotMatch(String(forward), /[\n\r]/);
        const calls = callsInLines(String(forward));
        passed += calls.length;
        assertAllowed(calls, String(forward));
      }
      await enforcer.settled();
    }),
    { numRuns: 1500 },
  );
  assert.ok(passed > 50, `only ${passed} calls were let through: the test looks at too little`);
});

test('the same through the real gateway, in any pieces', async (t) => {
  const gateway = startGateway(t, { flags: ['--log', 'off'] });
  const texts = fc.sample(hostileText, 400);
  const bytes = Buffer.from(texts.map((each) => `${each}\n`).join(''));
  for (let at = 0; at < bytes.length; at += 997) gateway.write(bytes.subarray(at, at + 997));
  await gateway.ask('the last', 'ping');
  const received = gateway.received();
  assertAllowed(callsInLines(received), received);
  assert.ok(received.length > 100);
});
