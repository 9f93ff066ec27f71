import { printable } from '../../render/text/printable.ts';
import type { Terminal } from '../terminal.ts';
import { type Spinner, spinnerAt } from './spinner.ts';

export interface Progress extends Pick<Spinner, 'stop' | 'pause' | 'resume'> {
  /** What a server is doing now; null when it is done. */
  readonly tell: (server: string, doing: string | null) => void;
}

/** Servers named at once beside the spinner. */
const MAX_NAMED = 3;

/** A spinner that says what every server is doing, for a terminal at which somebody watches. */
export async function startProgress(
  terminal: Terminal,
  { servers, color }: { readonly servers: number; readonly color: boolean },
): Promise<Progress> {
  const spinner = await spinnerAt(terminal, { color });
  const busy = new Map<string, string>();
  let done = 0;
  return {
    ...spinner,
    tell(server, doing) {
      if (doing === null) {
        busy.delete(server);
        done += 1;
      } else busy.set(server, doing);
      spinner.show(progressText(busy, { done, servers, columns: terminal.columns ?? 80 }));
    },
  };
}

/** "2 of 5 listed; github: connecting, memory: reading page 2 and 1 more" */
export function progressText(
  busy: ReadonlyMap<string, string>,
  { done, servers, columns }: { readonly done: number; readonly servers: number; readonly columns: number },
): string {
  const named = [...busy].slice(0, MAX_NAMED).map(([server, doing]) => `${server}: ${doing}`);
  const more = busy.size > MAX_NAMED ? ` and ${busy.size - MAX_NAMED} more` : '';
  const counted = servers > 1 ? `${done} of ${servers} done; ` : '';
  return printable(`${counted}${named.join(', ')}${more}`, { maxChars: Math.max(20, columns - 4) });
}
