import type { LogFormat } from '../render/gateway-event.ts';
import type { GuardFlags } from './guarded-server.ts';
import type { StateFlags } from './state/state-place.ts';

export interface GatewayFlags extends GuardFlags, StateFlags {
  readonly observe?: boolean;
  readonly stateFail: 'deny' | 'open';
  /** Seconds. */
  readonly approvalTimeout?: number;
  readonly log: LogFormat;
  /** Where clients come over HTTP. */
  readonly listen?: string;
  readonly allowHost?: readonly string[];
}

export const APPROVAL_SECONDS = 300;
