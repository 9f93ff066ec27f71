import { selectClients } from '../../core/clients/select-clients.ts';
import { printablePath } from '../../core/printable-path.ts';
import type { SkippedEntry } from '../../core/wrap/plan.ts';
import { readProject } from '../../io/project/read-project.ts';
import { readClients } from '../../io/read-catalog.ts';
import { printable } from '../../render/text/printable.ts';
import { renderTable } from '../../render/text/table.ts';
import { planWrap } from '../../workflows/wrap/plan-wrap.ts';
import type { Terminal } from '../terminal.ts';
import { noProjectToWrap } from './wrap-errors.ts';

const STATE: Readonly<Record<SkippedEntry['why'], string>> = {
  behind: 'behind the gateway',
  'not-behind': '',
  'no-policy': 'has no policy: policylayer init',
  'other-system': 'belongs to Windows',
  'reached-otherwise': 'names no command and no URL',
  'no-backup': '',
};

const COLUMNS = [
  { title: 'Client' },
  { title: 'Server', shrinksTo: 12 },
  { title: 'Config', shrinksTo: 20 },
  { title: 'State' },
];

/** What could be put behind the gateway, what is there, and what lacks a policy. */
export async function listWrappable(terminal: Terminal): Promise<void> {
  const { machine } = terminal;
  const project = await readProject(machine);
  if (project === null) throw noProjectToWrap();
  const clients = readClients();
  const rows: string[][] = [];
  for (const client of selectClients(
    clients,
    clients.map(({ id }) => id),
  )) {
    const { configs, skipped } = await planWrap(client, machine, { names: [], project, program: ['policylayer'] });
    for (const { path, entries } of configs)
      for (const { name } of entries) rows.push([client.id, name, path, 'can be wrapped']);
    for (const { name, path, why } of skipped) rows.push([client.id, name, path, STATE[why]]);
  }
  if (rows.length === 0) terminal.note('No client on this machine holds a server.');
  else {
    const cells = rows.map((row) =>
      row.map((text) => ({ text: printable(printablePath(text, machine.home), { maxChars: 200 }) })),
    );
    const lines = renderTable(COLUMNS, cells, { width: terminal.columns, paintTitle: (text) => text });
    await terminal.out(`${lines.map((line) => line.trimEnd()).join('\n')}\n`);
  }
}
