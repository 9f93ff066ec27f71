import type { Preset } from '../../core/policy/recommend/preset.ts';
import type { PolicyFormat } from '../../workflows/find-policy.ts';

export interface InitFlags {
  /** Nobody is asked. */
  readonly yes?: boolean;
  readonly preset?: Preset;
  /** Ids of clients. */
  readonly clients?: readonly string[];
  readonly servers?: readonly string[];
  /** Of policies that are new. */
  readonly format: PolicyFormat;
  readonly catalog: boolean;
  readonly color: boolean;
  /** Seconds. */
  readonly timeout?: number;
}
