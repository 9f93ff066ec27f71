import type { ApprovalStore, PersonsDecision } from '../approval-store.ts';
import { readCall, writtenCall } from '../asked-call.ts';
import { awaitDecision } from '../await-decision.ts';
import { newId } from '../token.ts';
import { hashesOf } from './fields.ts';
import { KEYS } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { ASK, DECIDE, LIST_APPROVALS, LOOK } from './scripts.ts';

export function redisApprovals(link: RedisLink): ApprovalStore {
  const keysOf = (id: string): string[] => [KEYS.approvalIds, `${KEYS.approval}${id}`];
  const look = async (id: string): Promise<PersonsDecision | 'expired' | null> => {
    const state = await link.run(LOOK, keysOf(id), [id]);
    return state === 'pending' ? null : (state as PersonsDecision | 'expired');
  };
  const withdraw = async (id: string): Promise<void> => {
    await link.command('DEL', `${KEYS.approval}${id}`);
    await link.command('ZREM', KEYS.approvalIds, id);
  };
  return {
    ask: async (asked) => {
      const id = newId();
      const { call, args } = writtenCall(asked);
      await link.run(ASK, keysOf(id), [id, asked.timeoutMs, call, args]);
      return id;
    },
    outcome: (id, signal) =>
      awaitDecision(
        () => look(id),
        () => withdraw(id),
        signal,
      ),
    list: async () =>
      hashesOf(await link.run(LIST_APPROVALS, [KEYS.approvalIds], [KEYS.approval])).map((fields) => ({
        id: fields.get('id') ?? '',
        ...readCall(fields.get('call') ?? '{}', fields.get('args') ?? 'null'),
        askedAt: Number(fields.get('asked')),
        expiresAt: Number(fields.get('expires')),
      })),
    decide: async (id, decision) => (await link.run(DECIDE, [`${KEYS.approval}${id}`], [decision])) === 1,
    withdraw,
  };
}
