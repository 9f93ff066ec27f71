import { cut } from '../../render/text/display-width.ts';
import { printable } from '../../render/text/printable.ts';
import type { Terminal } from '../terminal.ts';
import type { Progress } from './progress.ts';
import { spinnerAt } from './spinner.ts';

export interface LiveLines extends Progress {
  /** That it could not be listed stays with its line. */
  readonly fail: (server: string) => void;
}

/** A line for every server that says what it is doing, for a terminal at which somebody watches. */
export async function startLiveLines(
  terminal: Terminal,
  { servers, color }: { readonly servers: readonly string[]; readonly color: boolean },
): Promise<LiveLines> {
  const spinner = await spinnerAt(terminal, { color });
  const doing = new Map(servers.map((server): [string, string | null] => [server, 'waiting']));
  const failed = new Set<string>();
  const show = (): void => {
    spinner.show(liveText(doing, { ...terminal.screen, failed }));
  };
  show();
  return {
    ...spinner,
    tell(server, now) {
      doing.set(server, now);
      show();
    },
    fail(server) {
      failed.add(server);
    },
  };
}

/** The heading, then a line a server; where there are more than the screen has, those that are done give way. */
export function liveText(
  servers: ReadonlyMap<string, string | null>,
  { columns, rows, failed }: { readonly columns: number; readonly rows: number; readonly failed: ReadonlySet<string> },
): string {
  const room = Math.max(1, rows - 3);
  const all = [...servers];
  const done = all.filter(([, doing]) => doing === null).length;
  const kept = all.length <= room ? all : all.filter(([, doing]) => doing !== null).slice(0, room);
  const lines = kept.map(([server, doing]) => {
    const now = doing ?? (failed.has(server) ? 'failed' : 'done');
    return cut(printable(`    ${server}: ${now}`), columns - 1);
  });
  const failures = failed.size === 0 ? '' : `, ${failed.size} failed`;
  return [cut(`${done} of ${servers.size} done${failures}`, columns - 4), ...lines].join('\n');
}
