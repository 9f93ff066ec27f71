/** What a client and the one who runs the gateway are told where the gateway itself is wrong. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GatewayEvent } from '../../src/gateway/event.ts';
import { openListener } from '../../src/gateway/http/listener.ts';
import { listenerLimits } from '../../src/gateway/http/listener-limits.ts';
import { createMirrorMemory } from '../../src/gateway/http/mirror-memory.ts';
import { post } from '../support/listener-run.ts';

test('a mistake of ours is told to whoever asked and in the log, and the next request is served', async (t) => {
  const told: GatewayEvent[] = [];
  const broken = {
    name: 'broken',
    mirror: createMirrorMemory(),
    trouble: null,
    enforcer: () => Promise.reject(new Error('no policy')),
    close: async () => {},
    get endpoint(): never {
      throw new Error('not reached');
    },
  };
  const listener = await openListener({
    address: { host: '127.0.0.1', port: 0 },
    hosts: [],
    servers: new Map([['broken', broken]]),
    admission: {
      admit: () => Promise.resolve({ caller: { grant: 'local', server: 'broken' }, grant: 'local', policy: null }),
      knows: () => Promise.resolve(false),
      close: () => {},
    },
    pages: new Map(),
    limits: listenerLimits(),
    log: (event) => void told.push(event),
  });
  t.after(() => listener.close());
  const url = `http://127.0.0.1:${listener.address.port}/mcp`;
  const message = { jsonrpc: '2.0', id: 1, method: 'ping' };
  assert.equal((await post(url, message)).status, 503);
  broken.enforcer = () => Promise.resolve({} as never);
  for (let count = 0; count < 2; count++) assert.equal((await post(url, message)).status, 500);
  assert.match(told.at(-1)?.message ?? '', /not reached/);
});
