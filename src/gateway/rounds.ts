/** Calls that take several rounds: the server, or we, asked for input, and the call comes again with it. */
import { createHash, randomBytes } from 'node:crypto';
import { isObject, type JsonObject } from '../core/tool.ts';
import type { Caller } from '../io/state/store.ts';

/** What identifies a call over its rounds. */
export interface RoundOf {
  readonly caller: Caller;
  readonly tool: string;
  readonly args: unknown;
}

/** A question of ours that is out. */
export interface Question {
  /** The rule that asked. */
  readonly rule: string;
  /** The parameters as they came first: what goes to the server once the answer is there. */
  readonly params: JsonObject;
}

export interface Rounds {
  /** The server asked for input; its next round with this state was counted already. */
  expect(call: RoundOf, requestState: unknown, id: string): void;
  /** The id of the call whose next round this is; null where it is none. A round is expected once. */
  take(call: RoundOf, requestState: unknown): string | null;
  /** Remembers a question and returns the state that its answer has to carry. */
  ask(call: RoundOf, question: Question): string;
  /** The question that was asked about this very call; null for anything else. It is answered once. */
  answered(call: RoundOf, requestState: unknown): Question | null;
}

/** States of ours begin so. */
const OURS = 'policylayer:';
const LASTS_MS = 3_600_000;
const MAX_KEPT = 10_000;

export const isOurState = (requestState: unknown): boolean =>
  typeof requestState === 'string' && requestState.startsWith(OURS);

export const isLaterRound = ({ requestState, inputResponses }: JsonObject): boolean =>
  typeof requestState === 'string' || isObject(inputResponses);

/** In this process alone: a round that comes to another one is counted, and asked about, again. */
export function createRounds(now: () => number): Rounds {
  const expected = new Map<string, { ids: string[]; until: number }>();
  const questions = new Map<string, Question & { readonly key: string; readonly until: number }>();
  const isOver = ({ until }: { readonly until: number }): boolean => until < now();
  return {
    expect(call, requestState, id) {
      const key = keyOf(call, requestState);
      const ids = [...(expected.get(key)?.ids ?? []), id];
      keep(expected, key, { ids, until: now() + LASTS_MS });
    },
    take(call, requestState) {
      const key = keyOf(call, requestState);
      const found = expected.get(key);
      if (found === undefined || isOver(found)) return null;
      const [id = null, ...others] = found.ids;
      if (others.length === 0) expected.delete(key);
      else expected.set(key, { ...found, ids: others });
      return id;
    },
    ask(call, question) {
      const state = `${OURS}${randomBytes(24).toString('base64url')}`;
      keep(questions, state, { ...question, key: keyOf(call, null), until: now() + LASTS_MS });
      return state;
    },
    answered(call, requestState) {
      const found = typeof requestState === 'string' ? questions.get(requestState) : undefined;
      if (found === undefined || isOver(found) || found.key !== keyOf(call, null)) return null;
      questions.delete(requestState as string);
      return found;
    },
  };
}

/** The oldest make room: a call that is forgotten is only counted and asked about again. */
function keep<Kept>(kept: Map<string, Kept>, key: string, value: Kept): void {
  kept.delete(key);
  kept.set(key, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEPT) break;
    kept.delete(oldest);
  }
}

function keyOf({ caller, tool, args }: RoundOf, requestState: unknown): string {
  const state = typeof requestState === 'string' ? requestState : null;
  return createHash('sha256')
    .update(JSON.stringify([caller.grant, caller.server, tool, args ?? {}, state]))
    .digest('base64url');
}
