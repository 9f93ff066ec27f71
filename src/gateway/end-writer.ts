import type { AuditEntry } from '../core/audit/audit-entry.ts';
import type { Store } from '../io/state/store.ts';

/** Writes down how calls ended. */
export interface EndWriter {
  write(entry: AuditEntry): void;
  /** Resolves when all is written, or could not be. */
  flush(): Promise<void>;
}

/** The next call must not wait for the end of the last one to be written. */
const WRITE_EVERY_MS = 25;
const MAX_WAITING = 200;

/**
 * Gathers the ends of calls, since together they take hardly longer than one. Where this process is killed the last few
 * are not written, and those calls stand there as calls without an end; what was decided about them is there.
 */
export function createEndWriter(store: Pick<Store, 'record'>, failed: (error: unknown) => void): EndWriter {
  let waiting: AuditEntry[] = [];
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const entries = waiting;
    waiting = [];
    if (entries.length > 0) writing = writing.then(() => store.record(...entries)).catch(failed);
    return writing;
  };
  return {
    write(entry) {
      waiting.push(entry);
      if (waiting.length >= MAX_WAITING) void flush();
      else timer ??= setTimeout(flush, WRITE_EVERY_MS);
    },
    flush,
  };
}
