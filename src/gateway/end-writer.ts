import { setImmediate as idle, setTimeout as sleep } from 'node:timers/promises';
import type { AuditEntry } from '../core/audit/audit-entry.ts';
import type { Store } from '../io/state/store.ts';

/** Writes down how calls ended. */
export interface EndWriter {
  write(entry: AuditEntry): void;
  /** Resolves when all is written, or could not be. */
  flush(): Promise<void>;
}

/** Together they take hardly longer than one. */
const GATHER_MS = 25;
/** More at once would let the next call wait. */
const AT_ONCE = 16;

/**
 * Gathers the ends of calls and writes a few at a time, with room for calls in between. Where this process is killed the
 * last ones are not written, and those calls stand there as calls without an end; what was decided about them is there.
 */
export function createEndWriter(store: Pick<Store, 'record'>, failed: (error: unknown) => void): EndWriter {
  let waiting: AuditEntry[] = [];
  let writing: Promise<void> | null = null;
  const writeAll = async (): Promise<void> => {
    let atOnce = AT_ONCE;
    await sleep(GATHER_MS);
    while (waiting.length > 0) {
      const entries = waiting.slice(0, atOnce);
      waiting = waiting.slice(atOnce);
      try {
        await store.record(...entries);
        await idle();
        atOnce = AT_ONCE;
      } catch (error) {
        failed(error);
        // A store that does not answer takes its time to say so, and must not be asked for each few.
        atOnce = Number.POSITIVE_INFINITY;
      }
    }
    writing = null;
  };
  return {
    write(entry) {
      waiting.push(entry);
      writing ??= writeAll();
    },
    flush: async () => {
      await writing;
    },
  };
}
