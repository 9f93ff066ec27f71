import type { AuditEntry } from '../core/audit/audit-entry.ts';
import { countEntry, countStoreError, type GatewayMetrics } from '../core/metrics/gateway-metrics.ts';
import { UserError } from '../core/user-error.ts';
import type { Store } from '../io/state/store.ts';

/** The same store; what is written down there is counted. */
export function meteredStore(store: Store, metrics: GatewayMetrics): Store {
  const counted = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      countStoreError(metrics, error instanceof UserError ? error.code : 'OTHER');
      throw error;
    }
  };
  return {
    ...store,
    reserve: (...words) => counted(store.reserve(...words)),
    async reserveAndRecord(caller, limits, entryFor) {
      let written: AuditEntry | null = null;
      const reserved = await counted(
        store.reserveAndRecord(caller, limits, (full) => {
          written = entryFor(full);
          return written;
        }),
      );
      if (written !== null) countEntry(metrics, written);
      return reserved;
    },
    giveBack: (receipt) => counted(store.giveBack(receipt)),
    async record(...entries) {
      await counted(store.record(...entries));
      for (const entry of entries) countEntry(metrics, entry);
    },
    close: () => store.close(),
  };
}
