/** What has to outlast one call, and holds for all processes at once: counters, grants, approvals and the audit log. */
import type { AuditEntry, AuditRow } from '../../core/audit/audit-entry.ts';
import type { AuditFilter } from '../../core/audit/audit-filter.ts';
import type { ChainHead, ChainState } from '../../core/audit/chain-state.ts';
import type { Reservation } from '../../core/policy/compile-policy.ts';
import type { ApprovalStore } from './approval-store.ts';
import type { GrantStore } from './grant-store.ts';

export interface Caller {
  /** Id of the grant; `local` over stdio. */
  readonly grant: string;
  readonly server: string;
}

/** What was reserved. Handed back as it is, and only where the call never reached its server. */
export interface Receipt {
  readonly taken: readonly { readonly key: string; readonly starts: number; readonly amount: number }[];
}

/** The first limit that has no room, and when its window ends, in milliseconds since 1970. */
export interface FullLimit {
  readonly full: Reservation;
  readonly resetsAt: number;
}

export type Reserved = { readonly ok: true; readonly receipt: Receipt } | ({ readonly ok: false } & FullLimit);

/** What is written about a call, once it is known whether its limits had room. */
export type EntryFor = (full: FullLimit | null) => AuditEntry;

/**
 * Every method rejects with a UserError where the store is out of reach, locked for too long, full or broken: a caller
 * that needs it then denies. No method blocks the process while it waits.
 */
export interface Store {
  /** Reserves all limits or none, atomically over all processes. */
  reserve(caller: Caller, limits: readonly Reservation[]): Promise<Reserved>;
  /** The same together with the record of the decision; where that cannot be written, nothing is reserved. */
  reserveAndRecord(caller: Caller, limits: readonly Reservation[], entryFor: EntryFor): Promise<Reserved>;
  /** Gives back once, however often it is called; a window that is over is left alone. */
  giveBack(receipt: Receipt): Promise<void>;
  /** Appends to the chain, in one write. Resolves when it would outlast the end of this process. */
  record(...entries: readonly AuditEntry[]): Promise<void>;
  readonly approvals: ApprovalStore;
  readonly grants: GrantStore;
  readonly audit: AuditLog;
  close(): Promise<void>;
}

export interface AuditLog {
  /** In the order they were written, after the row `after` where it is given. Ends at what is there now. */
  entries(filter?: AuditFilter, after?: number): AsyncIterable<AuditRow>;
  head(): Promise<ChainHead>;
  /** Looks through the whole chain; `known` is a head that was noted down earlier. */
  verify(known?: ChainHead): Promise<ChainState>;
}
