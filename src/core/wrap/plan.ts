/** What wrapping or unwrapping would change, before anything is changed. */
import type { JsonObject } from '../tool.ts';
import type { EntryChange } from './entry-change.ts';

export interface PlannedEntry {
  /** As the file spells it: hostile. */
  readonly name: string;
  readonly line: number;
  /** What the project file calls it. */
  readonly server: string;
  /** As the file has it now: it holds secrets. */
  readonly raw: JsonObject;
  readonly changes: readonly EntryChange[];
  readonly warnings: readonly string[];
}

/** What a file said before any of its entries came to run behind the gateway. */
export interface KeptConfig {
  readonly text: string;
  /** Nothing but our own changes lies between it and the file: to put it back loses nothing of anybody else's. */
  readonly isAllOfIt: boolean;
  /** An older one holds entries that are nowhere else by now, and is not to be written over. */
  readonly keepsOlder?: boolean;
}

export interface PlannedConfig {
  /** Absolute. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** What is kept beside it from then on; null where nothing is. */
  readonly backup: KeptConfig | null;
  /** The file comes out as it was, to the byte. */
  readonly isWhole: boolean;
  readonly entries: readonly PlannedEntry[];
}

const SKIPPED = ['behind', 'not-behind', 'no-policy', 'other-system', 'reached-otherwise', 'no-backup'] as const;

export interface SkippedEntry {
  readonly name: string;
  readonly path: string;
  readonly why: (typeof SKIPPED)[number];
}

export interface WrapPlan {
  readonly configs: readonly PlannedConfig[];
  readonly skipped: readonly SkippedEntry[];
  /** Files that are there and could not be read. */
  readonly unreadable: readonly { readonly path: string; readonly because: string }[];
}
