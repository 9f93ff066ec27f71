import type { OwaspId } from '../explain/owasp.ts';
import type { FINDING_LEVELS } from '../finding.ts';

/** What is dangerous already in a client's settings, and where it stands. */
export interface ConfigFinding {
  readonly level: (typeof FINDING_LEVELS)[number];
  /** Permanent, kebab-case. */
  readonly code: string;
  readonly client: string;
  /** Absolute. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** As the file spells it, where it is about one server: hostile. */
  readonly server?: string;
  /** Holds no secret; may hold names a stranger chose. */
  readonly message: string;
  readonly owasp: OwaspId | null;
}
