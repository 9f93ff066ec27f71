/** What goes wrong around a gateway, and what it promises nevertheless. Faults of the state alone are in test/state. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { type GatewayRun, type Message, startGateway } from '../support/gateway-run.ts';
import { hasRedis, redisServer } from '../support/redis-server.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { auditOf, awayFromTheHour, usedIn } from '../support/state-facts.ts';

const counted = (max: number) => ({
  version: '1',
  default: 'deny',
  tools: { read: { limits: [{ counter: 'reads', window: 'hour', max, scope: 'server' }] }, pay: {} },
});
const ONE_SERVER = ['--server', 'files'];

const textOf = ({ result, error }: Message): string => result?.content?.[0]?.text ?? error?.message ?? '';
const isMade = (answer: Message): boolean => textOf(answer).startsWith('did ');
const call = (gateway: GatewayRun, id: number | string, name = 'read'): Promise<Message> =>
  gateway.ask(id, 'tools/call', { name });
const callsReceived = (gateway: GatewayRun): number => gateway.received().split('tools/call').length - 1;

async function callUntilEnded(gateway: GatewayRun): Promise<number> {
  for (let made = 0; ; made += 1) {
    const answer = await call(gateway, made).catch(() => null);
    if (answer === null) return made;
    assert.ok(isMade(answer), textOf(answer));
  }
}

test('gateways killed in the middle of a burst: no count is lost, none is taken twice, and the record is whole', async (t) => {
  await awayFromTheHour();
  const state = join(temporaryFolder(t), 'state.db');
  const gateways = [1, 2, 3].map(() => startGateway(t, { policy: counted(1_000_000), flags: ONE_SERVER, state }));
  const bursts = gateways.map(callUntilEnded);
  for (const gateway of gateways) while (callsReceived(gateway) < 50) await sleep(5);
  for (const { child } of gateways) child.kill('SIGKILL');
  const made = (await Promise.all(bursts)).reduce((sum, each) => sum + each, 0);
  const reached = gateways.reduce((sum, gateway) => sum + callsReceived(gateway), 0);
  const allowed = (await auditOf(state)).filter(({ outcome }) => outcome === 'allowed').length;
  assert.equal(usedIn(state), allowed);
  assert.ok(made <= reached && reached <= allowed, `${made} were answered, ${reached} reached, ${allowed} allowed`);
  // At most the one call of each gateway that was in flight.
  assert.ok(allowed - made <= gateways.length, `${allowed} allowed, ${made} answered`);
});

test('many calls in flight when the gateway is killed: what reached the server is counted and recorded', async (t) => {
  const gateway = startGateway(t, { policy: counted(1_000_000) });
  const send = (from: number): void =>
    gateway.send(
      ...Array.from({ length: 500 }, (_, at) => ({
        jsonrpc: '2.0',
        id: from + at,
        method: 'tools/call',
        params: { name: 'read' },
      })),
    );
  for (let from = 0; from < 5000; from += 500) send(from);
  await gateway.next(({ id }) => id === 100);
  gateway.child.kill('SIGKILL');
  await gateway.exited;
  const allowed = (await auditOf(gateway.stateFile)).filter(({ outcome }) => outcome === 'allowed').length;
  assert.ok(callsReceived(gateway) <= allowed, `${callsReceived(gateway)} reached, ${allowed} allowed`);
  assert.equal(usedIn(gateway.stateFile), allowed);
});

test('eight gateways on one counter of 100 an hour: exactly 100 calls pass', { timeout: 120_000 }, async (t) => {
  await awayFromTheHour();
  const state = join(temporaryFolder(t), 'state.db');
  const gateways = Array.from({ length: 8 }, () => startGateway(t, { policy: counted(100), flags: ONE_SERVER, state }));
  const answers = await Promise.all(
    gateways.flatMap((gateway) => Array.from({ length: 20 }, (_, id) => call(gateway, id))),
  );
  assert.equal(answers.filter(isMade).length, 100);
  assert.equal(
    gateways.reduce((sum, gateway) => sum + callsReceived(gateway), 0),
    100,
  );
  await Promise.all(gateways.map((gateway) => gateway.end()));
  const rows = await auditOf(state);
  assert.equal(rows.filter(({ outcome }) => outcome === 'allowed').length, 100);
  assert.equal(rows.filter(({ outcome }) => outcome === 'denied').length, 60);
});

test('a server that is killed ends the gateway, and the calls it had stay counted and stand there as unanswered', async (t) => {
  const ids = join(temporaryFolder(t), 'ids');
  const gateway = startGateway(t, { policy: counted(10), server: ['--hold', 'read', '--ids', ids] });
  gateway.send(...[1, 2, 3].map((id) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'read' } })));
  while (callsReceived(gateway) < 3) await sleep(5);
  process.kill(Number(readFileSync(ids, 'utf8')), 'SIGKILL');
  assert.equal(await gateway.exited, 137);
  const outcomes = (await auditOf(gateway.stateFile)).map(({ outcome }) => outcome);
  assert.deepEqual(outcomes.sort(), [...Array(3).fill('allowed'), ...Array(3).fill('unanswered')]);
  assert.equal(usedIn(gateway.stateFile), 3);
});

test('a server that is slow with one call holds up no other, and no denial', async (t) => {
  const gateway = startGateway(t, { server: ['--hold', 'read'] });
  const slow = call(gateway, 'slow');
  assert.equal(textOf(await call(gateway, 2, 'pay')), 'did pay');
  assert.match(textOf(await call(gateway, 3, 'delete_all')), /Denied/);
  gateway.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'other' } });
  await gateway.ask(4, 'ping');
  assert.equal(textOf(await slow), 'did read');
  assert.match(gateway.received(), /"requestId":"other"/);
});

test('while another program locks the state calls are denied and all else passes; afterwards calls pass again', {
  timeout: 60_000,
}, async (t) => {
  const gateway = startGateway(t, { policy: counted(10) });
  assert.ok(isMade(await call(gateway, 1)));
  const other = new Libsql(gateway.stateFile);
  other.exec('BEGIN IMMEDIATE');
  const waits = call(gateway, 2);
  assert.match(textOf(await waits), /could not be looked up/);
  assert.ok((await gateway.ask(3, 'ping')).result);
  other.exec('ROLLBACK');
  other.close();
  assert.ok(isMade(await call(gateway, 4)));
  assert.equal(callsReceived(gateway), 2);
  assert.match(gateway.stderr(), /"event":"state-failed"/);
  assert.equal(usedIn(gateway.stateFile), 2);
});

test('on a full disk a call is denied, nothing that was not recorded reaches the server, and the record is whole', {
  timeout: 60_000,
}, async (t) => {
  const gateway = startGateway(t, { policy: counted(1_000_000), fileBlocks: 1000 });
  let made = 0;
  let last: Message;
  do {
    last = await call(gateway, made);
    made += 1;
  } while (isMade(last) && made < 20_000);
  assert.ok(!isMade(last), 'the disk was never full');
  assert.ok((await gateway.ask('after', 'ping')).result);
  await gateway.end();
  const allowed = (await auditOf(gateway.stateFile)).filter(({ outcome }) => outcome === 'allowed').length;
  assert.equal(callsReceived(gateway), made - 1);
  assert.equal(allowed, made - 1);
  assert.equal(usedIn(gateway.stateFile), made - 1);
});

test('while Redis is stopped calls are denied; when it is back its counts go on', {
  skip: hasRedis ? false : 'there is no redis-server',
  timeout: 120_000,
}, async (t) => {
  await awayFromTheHour();
  const redis = await redisServer();
  t.after(() => redis.remove());
  const state = redis.fresh();
  const gateway = startGateway(t, { policy: counted(2), state });
  assert.ok(isMade(await call(gateway, 'before')));
  await redis.stop();
  assert.ok(!isMade(await call(gateway, 'stopped')));
  assert.ok((await gateway.ask('meanwhile', 'ping')).result);
  await redis.start();
  for (let at = 0; !isMade(await call(gateway, at)); at += 1) await sleep(50);
  assert.match(textOf(await call(gateway, 'third')), /used up/);
  assert.equal(callsReceived(gateway), 2);
  await gateway.end();
  await auditOf(state);
});
