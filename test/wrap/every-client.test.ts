/** Each client of the catalog, with files as people have them, behind the gateway and out again. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { identityOf } from '../../src/core/clients/identity.ts';
import { parseConfig } from '../../src/io/clients/parse-config.ts';
import { readClients } from '../../src/io/read-catalog.ts';
import { findServers } from '../../src/workflows/find-servers.ts';
import { machineWith } from '../support/fixture-home.ts';
import { contents, governedMachine } from './wrapped-machine.ts';

for (const client of readClients())
  test(`the servers of ${client.title} are the same behind the gateway, and its files come back to the byte`, async (t) => {
    const onWindows = client.files.every(({ path }) => path.linux === undefined);
    const machine = machineWith(t, [client.id], onWindows ? { platform: 'win32' } : {});
    const { servers, wrap, unwrap } = await governedMachine(machine, client);
    const before = contents(machine.home);

    const wrapped = await wrap();
    const after = await findServers(machine, [client]);
    const holders = after.servers.flatMap(({ holders }) => holders);
    assert.equal(
      holders.filter(({ behind }) => behind !== undefined).length,
      wrapped.reduce((sum, { entries }) => sum + entries.length, 0),
    );
    assert.deepEqual(
      after.servers.map(({ spec, disabled }) => `${identityOf(spec)} ${disabled}`),
      servers.map(({ spec, disabled }) => `${identityOf(spec)} ${disabled}`),
    );
    assert.deepEqual(
      after.findings.filter(({ code }) => code === 'gateway-not-ready'),
      [],
    );
    assert.deepEqual(await wrap(), [], 'nothing is wrapped twice');

    await unwrap();
    assert.deepEqual(contents(machine.home), before);

    // What somebody has changed in the meantime is not thrown away: then only the entries come back.
    for (const { path } of await wrap()) writeFileSync(path, `${readFileSync(path, 'utf8')}\n`);
    const said = await parsedAll(wrapped.map(({ path, before }) => [path, before]));
    const unwrapped = await unwrap();
    assert.ok(unwrapped.every(({ isWhole }) => !isWhole));
    assert.deepEqual(await parsedAll(wrapped.map(({ path }) => [path, readFileSync(path, 'utf8')])), said);
    assert.deepEqual(Object.keys(contents(machine.home)), Object.keys(before), 'no backup is left');
  });

async function parsedAll(files: readonly (readonly [string, string])[]): Promise<string[]> {
  const parsed = await Promise.all(files.map(([path, text]) => parseConfig(path, text)));
  return parsed.map(({ content }) => canonical(content));
}

/** The order of keys is no matter of a parsed file. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
}
