/** Each client of the catalog, with files as people have them: `test/fixtures/clients/<id>`, and what is read of them. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Inventory } from '../../src/core/clients/inventory.ts';
import { buildInventoryReport } from '../../src/core/clients/inventory-report.ts';
import { readClients } from '../../src/io/read-catalog.ts';
import { findServers } from '../../src/workflows/find-servers.ts';
import { CLIENT_FIXTURES, machineWith } from '../support/fixture-home.ts';
import { matchesGolden } from '../support/golden.ts';
import { ROOT } from '../support/run-cli.ts';

const clients = readClients();
mkdirSync(join(ROOT, 'test', 'golden', 'clients'), { recursive: true });

test('every client has a fixture, and every fixture a client', () =>
  assert.deepEqual(readdirSync(CLIENT_FIXTURES).sort(), clients.map(({ id }) => id).sort()));

test('every file of the catalog is named for its client', () => {
  const files = readdirSync(join(ROOT, 'catalog', 'clients'));
  assert.deepEqual(files.sort(), clients.map(({ id }) => `${id}.yaml`).sort());
});

for (const client of clients)
  test(`the servers of ${client.title} are found in its own files`, async (t) => {
    const onWindows = client.files.every(({ path }) => path.linux === undefined);
    const machine = machineWith(t, [client.id], onWindows ? { platform: 'win32' } : {});
    const inventory = await findServers(machine, [client]);
    assert.ok(inventory.servers.length > 0);
    assert.ok(existsSync(machine.home));
    matchesGolden(`clients/${client.id}.txt`, digest(inventory, machine.home));
  });

function digest(inventory: Inventory, home: string): string {
  const { paths, servers, findings } = buildInventoryReport(inventory, { version: '0', home, clients });
  const present = paths.filter(({ state }) => state !== 'absent');
  return [
    ...present.map(({ path, scope, state, servers }) => `${path}  ${scope}, ${state}, ${servers}`),
    '',
    ...servers.flatMap(({ name, target, variables, unresolved, disabled, holders }) => [
      `${name}: ${target}${disabled ? ', disabled' : ''}`,
      ...(variables.length > 0 ? [`  given ${variables.join(', ')}`] : []),
      ...(unresolved.length > 0 ? [`  lacks ${unresolved.join(', ')}`] : []),
      ...holders.map(({ name, file, line, scope, project }) =>
        `  "${name}" ${file}:${line}, ${scope} ${project ?? ''}`.trimEnd(),
      ),
    ]),
    '',
    ...findings.map(({ level, code, file, line, server }) => `${level} ${code} ${server ?? ''} ${file}:${line}`),
    '',
  ]
    .join('\n')
    .replaceAll('\\', '/');
}
