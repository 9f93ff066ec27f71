import type { LogFormat } from '../../render/gateway/gateway-event.ts';
import type { StateFlags } from '../state/state-place.ts';
import type { GuardFlags } from './guarded-server.ts';

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
