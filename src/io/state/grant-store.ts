export interface GrantRequest {
  /** What people call it; unique among those that are not revoked. */
  readonly label: string;
  /** Names of servers it may call. */
  readonly servers: readonly string[];
  /** Absolute path of the policy it lives under; null: that of the server. */
  readonly policy: string | null;
}

/** One caller. Holds no token: only its hash is kept, and not shown. */
export interface Grant extends GrantRequest {
  readonly id: string;
  /** Milliseconds since 1970, as all times here. */
  readonly createdAt: number;
  readonly rotatedAt: number | null;
  readonly revokedAt: number | null;
  /** To the minute: not every call writes it. */
  readonly lastUsedAt: number | null;
}

export interface GrantStore {
  /** The token is told this once. Null where a grant of this label is there. */
  add(grant: GrantRequest): Promise<{ readonly token: string } | null>;
  /** All, revoked ones as well, the oldest first. */
  list(): Promise<Grant[]>;
  /** The old token is worth nothing from now on; counters stay. Null where no living grant has this label. */
  rotate(label: string): Promise<{ readonly token: string } | null>;
  /** False where no living grant has this label. */
  revoke(label: string): Promise<boolean>;
  /** Null where the token is none, or its grant was revoked. */
  find(token: string): Promise<Grant | null>;
}
