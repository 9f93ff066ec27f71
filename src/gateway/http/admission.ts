/** Who may call which server through the listener. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Grant, GrantStore } from '../../io/state/grant-store.ts';
import type { Caller } from '../../io/state/store.ts';
import type { Log } from '../event.ts';
import { busy, type Refusal } from './answer.ts';

export interface Admitted {
  readonly caller: Caller;
  /** What the audit calls the caller. */
  readonly grant: string;
  /** The policy it lives under; null: that of the server. */
  readonly policy: string | null;
}

export interface Admission {
  /** `isLocal`: the request came from this machine, and named it as such. */
  admit(server: string, headers: IncomingHttpHeaders, isLocal: boolean): Promise<Admitted | Refusal>;
  /** Whether it carries the token of any living grant. */
  knows(headers: IncomingHttpHeaders): Promise<boolean>;
  close(): void;
}

interface AdmissionOptions {
  readonly grants: GrantStore;
  readonly log: Log;
  /** Told of what callers have no right to any more. */
  readonly onLoss: (isOver: (caller: Caller) => boolean) => void;
  /** Told of callers whose token is another one now: what was opened with the old one is not theirs for sure. */
  readonly onRotation: (isRotated: (caller: Caller) => boolean) => void;
}

/** How soon a revoked grant loses its open sessions and streams, and a rotated one its streams; the next request is refused at once. */
const LOOK_AGAIN_MS = 1000;

/** Who has no right to call, or not any more. */
export const UNKNOWN: Refusal = {
  status: 401,
  message: 'Unauthorized: a token is needed, as in "Authorization: Bearer TOKEN"; "policylayer grant add" makes one',
  headers: { 'www-authenticate': 'Bearer' },
};
const ELSEWHERE: Refusal = {
  status: 403,
  message: 'Forbidden: the grant is not for this server',
  headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
};
const CANNOT_TELL = busy('Who may call could not be looked up just now');

/** Looks at the grants now, and again and again from then on. */
export async function openAdmission({ grants, log, onLoss, onRotation }: AdmissionOptions): Promise<Admission> {
  let known: readonly Grant[] | null = null;
  /**
   * Servers that need a token. One whose last grant was revoked needs it still, and one whose grants were lost with the
   * state as well: taking a right away gives none to others.
   */
  const guarded = new Set<string>();
  let hasFailed = false;
  const look = async (): Promise<void> => {
    const before = new Map(known?.map(({ id, rotatedAt }) => [id, rotatedAt]));
    try {
      known = await grants.list();
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) {
        const message = `${error instanceof Error ? error.message : String(error)} Grants cannot be looked up.`;
        log({ event: 'state-failed', level: 'error', server: '*', message });
      }
      hasFailed = true;
      return;
    }
    const living = new Set(known.filter(({ revokedAt }) => revokedAt === null).map(({ id }) => id));
    for (const { servers } of known) for (const server of servers) guarded.add(server);
    onLoss(({ grant, server }) => (grant === LOCAL ? guarded.has(server) : !living.has(grant)));
    const rotated = known.filter(({ id, rotatedAt }) => (before.get(id) ?? null) !== rotatedAt);
    if (rotated.length > 0) onRotation(({ grant }) => rotated.some(({ id }) => id === grant));
  };
  await look();
  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    await look();
    isLooking = false;
  }, LOOK_AGAIN_MS);
  timer.unref();

  const grantOf = async (headers: IncomingHttpHeaders): Promise<Grant | null | 'unknowable'> => {
    const token = /^Bearer +([\x21-\x7e]+) *$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) return null;
    return grants.find(token).catch(() => 'unknowable' as const);
  };
  return {
    async admit(server, headers, isLocal) {
      if (headers.authorization === undefined) {
        if (known === null) return CANNOT_TELL;
        if (!isLocal || guarded.has(server)) return UNKNOWN;
        return { caller: { grant: LOCAL, server }, grant: LOCAL, policy: null };
      }
      const grant = await grantOf(headers);
      if (grant === 'unknowable') return CANNOT_TELL;
      if (grant === null) return UNKNOWN;
      if (!grant.servers.includes(server)) return ELSEWHERE;
      return { caller: { grant: grant.id, server }, grant: grant.label, policy: grant.policy };
    },
    async knows(headers) {
      const grant = await grantOf(headers);
      return grant !== null && grant !== 'unknowable';
    },
    close: () => clearInterval(timer),
  };
}

const LOCAL = 'local';
