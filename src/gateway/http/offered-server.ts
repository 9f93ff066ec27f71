import type { HttpSpec, StdioSpec } from '../../core/server/server-spec.ts';
import { UserError } from '../../core/user-error.ts';
import type { EnforcementOptions } from '../enforcement.ts';
import { createEnforcer, type Enforcer } from '../enforcer.ts';
import type { Log } from '../event.ts';
import { type LivePolicy, openLivePolicy, type PolicyPlace } from '../live-policy.ts';
import type { Endpoint } from './endpoint.ts';
import { createMirrorMemory, type MirrorMemory } from './mirror-memory.ts';

/** A server as it is to be offered. */
export interface ServerToOffer {
  readonly name: string;
  readonly spec: StdioSpec | HttpSpec;
  /** The environment of one that is started. */
  readonly env: Readonly<Record<string, string>>;
  readonly policy: PolicyPlace;
  /** Why it cannot be used, where that is known from the start. */
  readonly trouble: string | null;
}

/** One server behind its address. */
export interface OfferedServer {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly mirror: MirrorMemory;
  /** Why it cannot be used just now, as far as that is known. For the one who runs us. */
  readonly trouble: string | null;
  /** What enforces this policy, or that of the server. Rejects with UserError where it is not valid. */
  enforcer(policy: string | null): Promise<Enforcer>;
  close(): Promise<void>;
}

interface OfferOptions {
  readonly enforcement: Omit<EnforcementOptions, 'server' | 'policy'>;
  readonly endpoint: Endpoint;
  readonly log: Log;
}

export function offerServer(server: ServerToOffer, { enforcement, endpoint, log }: OfferOptions): OfferedServer {
  const { name } = server;
  const mirror = createMirrorMemory();
  const opened = new Map<string | null, Promise<{ readonly live: LivePolicy; readonly enforcer: Enforcer }>>();
  let trouble: string | null = null;

  const open = async (policy: string | null) => {
    if (server.trouble !== null) throw new Error(server.trouble);
    const place = policy === null ? server.policy : { beside: [], find: async () => policy };
    const live = await openLivePolicy(place, name, log);
    const enforcer = createEnforcer({ ...enforcement, server: name, policy: live });
    const learning: Enforcer = {
      ...enforcer,
      fromServer(message, session) {
        mirror.learn(message);
        return enforcer.fromServer(message, session);
      },
    };
    return { live, enforcer: learning };
  };
  return {
    name,
    endpoint,
    mirror,
    get trouble() {
      return server.trouble ?? trouble ?? endpoint.trouble;
    },
    async enforcer(policy) {
      const opening = opened.get(policy) ?? open(policy);
      opened.set(policy, opening);
      try {
        const { enforcer } = await opening;
        if (policy === null) trouble = null;
        return enforcer;
      } catch (error) {
        // Somebody may mend it meanwhile.
        opened.delete(policy);
        if (policy === null) trouble = error instanceof UserError ? `${error.message} ${error.because}` : String(error);
        throw error;
      }
    },
    async close() {
      await endpoint.close();
      const all = await Promise.allSettled(opened.values());
      for (const each of all) {
        if (each.status === 'rejected') continue;
        await each.value.enforcer.settled();
        each.value.live.close();
      }
    },
  };
}
