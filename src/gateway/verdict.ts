import type { JsonRpc } from './message/json-rpc.ts';

/** What becomes of one message of the client. */
export interface Verdict {
  /** What goes to the server: the very object that came, where nothing is to be changed; null: nothing. */
  readonly forward: JsonRpc | null;
  /** What the client gets back at once. */
  readonly answer: JsonRpc | null;
  /** A person decides: the rest of the verdict comes then. Other messages need not wait for it. */
  readonly later?: Promise<Verdict>;
  /**
   * To be called where `forward` surely never reached the server, with the reason where there is more to say than that
   * it has ended: takes back what was counted, answers the client.
   */
  readonly unreached?: (because?: string) => Promise<JsonRpc | null>;
}

export const DROPPED: Verdict = { forward: null, answer: null };

export const passedOn = (forward: JsonRpc): Verdict => ({ forward, answer: null });

export const answered = (answer: JsonRpc | null): Verdict => ({ forward: null, answer });
