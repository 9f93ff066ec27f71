import { UserError } from '../../core/user-error.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';

/** What passes without a person, and is worth another attempt. */
const PASSING: ReadonlySet<string> = new Set(['REDIS_UNREACHABLE', 'STATE_LOCKED', 'STATE_FULL', 'STATE_NOT_WRITABLE']);

const TRY_AGAIN_MS = 1000;

/**
 * The state for a gateway, which has to come up also where its store does not answer yet: every method then rejects, and
 * the store is opened anew until that works. Rejects at once for what a person has to correct. `onTrouble` is told why
 * the store is not there yet.
 */
export async function openServingStore(where: string, onTrouble: (error: UserError) => void): Promise<Store> {
  try {
    return await openStore(where);
  } catch (error) {
    if (!(error instanceof UserError) || !PASSING.has(error.code)) throw error;
    onTrouble(error);
    return storeOnDemand(() => openStore(where), error);
  }
}

function storeOnDemand(open: () => Promise<Store>, firstError: UserError): Store {
  let failedAt = Date.now();
  let opening: Promise<Store> = Promise.reject(firstError);
  opening.catch(() => {});
  let isOpen = false;
  let isClosed = false;
  const opened = (): Promise<Store> => {
    // Calls that come close together share one attempt, and its failure: an agent must not wait for each of its calls.
    if (isOpen || isClosed || Date.now() - failedAt < TRY_AGAIN_MS) return opening;
    failedAt = Number.POSITIVE_INFINITY;
    opening = open();
    opening.then(
      () => {
        isOpen = true;
      },
      () => {
        failedAt = Date.now();
      },
    );
    return opening;
  };
  return {
    reserve: async (...words) => (await opened()).reserve(...words),
    reserveAndRecord: async (...words) => (await opened()).reserveAndRecord(...words),
    giveBack: async (...words) => (await opened()).giveBack(...words),
    record: async (...words) => (await opened()).record(...words),
    approvals: {
      ask: async (...words) => (await opened()).approvals.ask(...words),
      outcome: async (...words) => (await opened()).approvals.outcome(...words),
      list: async () => (await opened()).approvals.list(),
      decide: async (...words) => (await opened()).approvals.decide(...words),
      withdraw: async (...words) => (await opened()).approvals.withdraw(...words),
    },
    grants: {
      add: async (...words) => (await opened()).grants.add(...words),
      list: async () => (await opened()).grants.list(),
      rotate: async (...words) => (await opened()).grants.rotate(...words),
      revoke: async (...words) => (await opened()).grants.revoke(...words),
      find: async (...words) => (await opened()).grants.find(...words),
    },
    audit: {
      async *entries(...words) {
        yield* (await opened()).audit.entries(...words);
      },
      head: async () => (await opened()).audit.head(),
      verify: async (...words) => (await opened()).audit.verify(...words),
    },
    close: async () => {
      isClosed = true;
      await opening.then(
        (store) => store.close(),
        () => {},
      );
    },
  };
}
