import { errorAnswer, INTERNAL_ERROR, idKey, isRequestId, type JsonRpc, paramsOf } from '../../message/json-rpc.ts';
import type { Outlet } from './outlet.ts';
import type { PostReply } from './post-reply.ts';

/** Which of the open replies of a session a message of its server belongs to. */
export interface PendingReplies {
  /** Requests that wait for an answer. */
  readonly size: number;
  /** Waits for what `reply` lacks; `tokens` are the keys of the progress tokens that came with it. */
  add(reply: PostReply, tokens: readonly string[]): void;
  /** The answer to a request, which is dropped where nobody waits for it. */
  settle(id: string | number, text: string): Promise<unknown> | undefined;
  /** One that will not be answered: it was cancelled. */
  drop(id: string | number): void;
  /** An answer of ours, which may be one to a request that another reply waits for under the same id. */
  answerOwn(reply: PostReply, message: JsonRpc): void;
  /** Says of a request that it came to nothing. */
  fail(reply: PostReply, key: string, why: string, status?: number): void;
  failAll(why: string, status?: number): void;
  /** Whether the request of this key is the one that `reply` waits for. */
  isOf(reply: PostReply, key: string): boolean;
  /** Where what answers nothing goes: to the request it names, else to one whose client surely listens; else null. */
  outletOf(message: JsonRpc): Pick<Outlet, 'push' | 'isOpen'> | null;
}

export function createPendingReplies(): PendingReplies {
  const waiting = new Map<string, PostReply>();
  const progress = new Map<string, PostReply>();
  const take = (id: string | number): PostReply | undefined => {
    const reply = waiting.get(idKey(id));
    waiting.delete(idKey(id));
    return reply;
  };
  const fail = (reply: PostReply, key: string, why: string, status?: number): void => {
    if (waiting.get(key) === reply) waiting.delete(key);
    const id = idOf(key);
    void reply.answer(id, JSON.stringify(errorAnswer(id, INTERNAL_ERROR, why)), status);
  };
  return {
    get size() {
      return waiting.size;
    },
    add(reply, tokens) {
      // One under an id that is taken is refused, and the other goes on to wait.
      for (const key of reply.unanswered()) if (!waiting.has(key)) waiting.set(key, reply);
      for (const token of tokens) progress.set(token, reply);
      void reply.done.then(() => {
        for (const token of tokens) if (progress.get(token) === reply) progress.delete(token);
      });
    },
    settle: (id, text) => take(id)?.answer(id, text),
    drop: (id) => take(id)?.drop(id),
    answerOwn(reply, message) {
      void reply.answer(message.id, JSON.stringify(message));
      const key = isRequestId(message.id) ? idKey(message.id) : '';
      if (waiting.get(key) === reply && !reply.unanswered().includes(key)) waiting.delete(key);
    },
    fail,
    failAll(why, status) {
      for (const reply of new Set(waiting.values()))
        for (const key of reply.unanswered()) fail(reply, key, why, status);
    },
    isOf: (reply, key) => waiting.get(key) === reply,
    outletOf(message) {
      const { progressToken } = paramsOf(message);
      const named = isRequestId(progressToken) ? progress.get(idKey(progressToken)) : undefined;
      const reply = named ?? [...waiting.values()].filter(({ isOpen }) => isOpen).at(-1);
      return reply === undefined ? null : { isOpen: reply.isOpen, push: reply.tell };
    },
  };
}

/** The id that a key was made of. */
const idOf = (key: string): string | number => (key.startsWith('n') ? Number(key.slice(1)) : key.slice(1));
