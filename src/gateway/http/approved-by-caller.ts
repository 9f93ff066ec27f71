import type { Caller } from '../../io/state/store.ts';

/** What people approved for callers whose requests belong to no session. */
export interface ApprovedByCaller {
  of(caller: Caller): Set<string>;
  endWhere(isOver: (caller: Caller) => boolean): void;
}

const MAX_CALLERS = 10_000;

/** Kept for as long as the caller comes again within `idleMs`: what is forgotten is only asked about again. */
export function createApprovedByCaller(idleMs: number, now: () => number): ApprovedByCaller {
  const kept = new Map<string, { readonly caller: Caller; readonly approved: Set<string>; usedAt: number }>();
  return {
    of(caller) {
      const found = kept.get(caller.grant);
      const isFresh = found !== undefined && found.usedAt + idleMs > now();
      const entry = isFresh ? found : { caller, approved: new Set<string>(), usedAt: now() };
      entry.usedAt = now();
      // The least recently used are first, and make room.
      kept.delete(caller.grant);
      kept.set(caller.grant, entry);
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_CALLERS) break;
        kept.delete(oldest);
      }
      return entry.approved;
    },
    endWhere(isOver) {
      for (const [key, { caller }] of kept) if (isOver(caller)) kept.delete(key);
    },
  };
}
