import { setImmediate as idle } from 'node:timers/promises';
import type { AuditEntry } from '../core/audit/audit-entry.ts';
import type { Store } from '../io/state/store.ts';

/** Writes down how calls ended. */
export interface EndWriter {
  write(entry: AuditEntry): void;
  /** Resolves when all is written, or could not be. */
  flush(): Promise<void>;
}

/** More at once would let the next call wait. */
const AT_ONCE = 16;

/**
 * Writes the ends of calls down when what else was to be done is done, above all when the answers have gone out. Those
 * that come together are written together. Where this process is killed the last few are not written, and those calls
 * stand there as calls without an end; what was decided about them is there.
 */
export function createEndWriter(store: Pick<Store, 'record'>, failed: (error: unknown) => void): EndWriter {
  let waiting: AuditEntry[] = [];
  let writing: Promise<void> | null = null;
  const writeAll = async (): Promise<void> => {
    let atOnce = AT_ONCE;
    while (waiting.length > 0) {
      await idle();
      const entries = waiting.slice(0, atOnce);
      waiting = waiting.slice(atOnce);
      try {
        await store.record(...entries);
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
