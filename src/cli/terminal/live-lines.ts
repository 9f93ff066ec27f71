import { cut } from '../../render/text/display-width.ts';
import { printable } from '../../render/text/printable.ts';
import type { Terminal } from '../terminal.ts';
import type { Progress } from './progress.ts';
import { spinnerAt } from './spinner.ts';

/** A line for every server that says what it is doing, for a terminal at which somebody watches. */
export async function startLiveLines(
  terminal: Terminal,
  { servers, color }: { readonly servers: readonly string[]; readonly color: boolean },
): Promise<Progress> {
  const spinner = await spinnerAt(terminal, { color });
  const doing = new Map(servers.map((server): [string, string | null] => [server, 'waiting']));
  const show = (): void => {
    spinner.show(liveText(doing, terminal.screen));
  };
  show();
  return {
    ...spinner,
    tell(server, now) {
      doing.set(server, now);
      show();
    },
  };
}

/** The heading, then a line a server; where there are more than the screen has, those that are done give way. */
export function liveText(
  servers: ReadonlyMap<string, string | null>,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): string {
  const room = Math.max(1, rows - 3);
  const all = [...servers];
  const done = all.filter(([, doing]) => doing === null).length;
  const kept = all.length <= room ? all : all.filter(([, doing]) => doing !== null).slice(0, room);
  const lines = kept.map(([server, doing]) => cut(printable(`    ${server}: ${doing ?? 'done'}`), columns - 1));
  return [cut(`${done} of ${servers.size} done`, columns - 4), ...lines].join('\n');
}
