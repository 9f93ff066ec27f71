/** What happened in the gateway, for whoever watches it. Holds no values of arguments. */
export interface GatewayEvent {
  readonly event:
    | 'started'
    | 'ended'
    | 'denied'
    | 'would-deny'
    | 'asked'
    | 'approved'
    | 'refused'
    | 'noise'
    | 'server-said'
    | 'unreached'
    | 'server-failed'
    | 'state-failed'
    | 'policy-changed'
    | 'policy-refused';
  readonly level: 'info' | 'warning' | 'error';
  readonly server: string;
  readonly grant?: string;
  readonly tool?: string;
  readonly rule?: string;
  readonly message: string;
}

export type Log = (event: GatewayEvent) => void;
