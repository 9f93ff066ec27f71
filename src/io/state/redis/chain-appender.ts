import type { AuditEntry } from '../../../core/audit/audit-entry.ts';
import { auditRowText } from '../../../core/audit/audit-row-text.ts';
import { CHAIN_START, type ChainHead } from '../../../core/audit/chain-state.ts';
import { rowDigest } from '../row-digest.ts';
import { stateReplaced } from '../state-errors.ts';

interface Waiting {
  readonly entry: AuditEntry;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface NewRow {
  readonly text: string;
  readonly digest: string;
}

interface Appended {
  readonly appended: boolean;
  /** It is not the chain any more that had this head. */
  readonly isAnother: boolean;
  readonly head: ChainHead;
}

/** Appends where the chain ends with `head`; tells where it ends, which is elsewhere if another process was faster. */
export type AppendAfter = (head: ChainHead, rows: readonly NewRow[]) => Promise<Appended>;

const MAX_BATCH = 500;

/**
 * Appends one batch at a time: what comes in meanwhile goes out together with the next one, so that many calls cost few
 * round trips, and processes that race for the end of the chain still get on.
 */
export function chainAppender(appendAfter: AppendAfter, where: string): (entry: AuditEntry) => Promise<void> {
  let head = CHAIN_START;
  let waiting: Waiting[] = [];
  let isAppending = false;

  const append = async (entries: readonly AuditEntry[]): Promise<void> => {
    for (;;) {
      const result = await appendAfter(head, chained(head, entries));
      // Our own rows are gone, and with them the counters: Redis was emptied, or came back with what it had before.
      if (result.isAnother || (!result.appended && result.head.seq <= head.seq)) throw stateReplaced(where);
      head = result.head;
      if (result.appended) return;
    }
  };
  const work = async (): Promise<void> => {
    isAppending = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MAX_BATCH);
      waiting = waiting.slice(MAX_BATCH);
      try {
        await append(batch.map(({ entry }) => entry));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isAppending = false;
  };
  return (entry) =>
    new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject });
      if (!isAppending) void work();
    });
}

function chained({ seq, digest }: ChainHead, entries: readonly AuditEntry[]): NewRow[] {
  let previous = digest;
  return entries.map((entry, at) => {
    const text = auditRowText(seq + at + 1, entry);
    previous = rowDigest(previous, text);
    return { text, digest: previous };
  });
}
