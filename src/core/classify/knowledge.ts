/** What the classifier is given besides the tools: plain data, read by io and passed in. */
import type { CatalogEntry } from './catalog-entry.ts';
import type { Lexicon } from './language/lexicon.ts';
import type { Overrides } from './override.ts';

export interface Knowledge {
  readonly lexicon: Lexicon;
  /** Known servers; empty where the rules are to judge alone. */
  readonly entries: readonly CatalogEntry[];
  /** The user's own verdicts. */
  readonly overrides: Overrides;
}

/** Which server the tools are from. What it calls itself is a claim; how it was reached is a fact. */
export interface ServerIdentity {
  /** What the report calls it: the key of the user's overrides. */
  readonly name: string;
  readonly claimedName?: string;
  /** `npm:NAME` or `pypi:NAME`. */
  readonly package?: string;
  readonly url?: string;
}
