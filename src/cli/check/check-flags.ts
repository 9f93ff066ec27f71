import type { FINDING_LEVELS } from '../../core/finding.ts';
import type { TargetFlags } from '../options.ts';

export interface CheckFlags extends TargetFlags {
  /** Whether servers may be started and asked. */
  readonly server: boolean;
  readonly format: 'text' | 'json';
  readonly json?: boolean;
  readonly failOn: (typeof FINDING_LEVELS)[number];
  readonly color: boolean;
}
