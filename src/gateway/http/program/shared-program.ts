import { replaceValues } from '../../../core/json/json-values.ts';
import { isObject } from '../../../core/tool.ts';
import { clientIdentity } from '../../../io/session/client-identity.ts';
import type { Grace } from '../../../io/stdio/process-group.ts';
import { errorAnswer, type JsonRpc, METHOD_NOT_FOUND, paramsOf } from '../../message/json-rpc.ts';
import { SUBSCRIPTION } from '../../message/protocol-era.ts';
import type { Era } from '../era.ts';
import type { Program } from './program.ts';
import { askEra } from './program-era.ts';
import { exitText, runProgram } from './run-program.ts';

/** Who waits for an answer of the program that all callers share. */
export interface Asker {
  /** Its answer under the id that the asker gave, and the text of it. */
  answer(message: JsonRpc, text: string): void;
  /** What is said besides, for this request alone. */
  tell(text: string): void;
  /** The program ended, and no answer will come. */
  lost(why: string): void;
  /** Whether it wants to read what the program logs meanwhile. */
  readonly wantsLogs: boolean;
}

interface Asking {
  readonly asker: Asker;
  /** As the asker calls it. */
  readonly id: unknown;
  readonly token: unknown;
}

export interface Asked {
  /** Tells the program that nobody waits any more. */
  cancel(): void;
}

/** One program for all callers. Their ids and progress tokens are changed on the way, so that none is ever that of another. */
export interface SharedProgram {
  readonly era: Era;
  readonly isIdle: boolean;
  /** Whether so much waits to be read that another request is too much. */
  readonly isBusy: boolean;
  /**
   * Asks it. `message` is what `text` says; `asker` is null for a notification. `unreached` is called where it surely did
   * not arrive.
   */
  send(text: string, message: JsonRpc, asker: Asker | null, unreached: () => void): Asked;
  readonly ended: Promise<string>;
  end(grace: Grace): Promise<void>;
}

/** How long one may take to say what it speaks: it may have to be fetched first. */
const START_MS = 120_000;
/** After so long without a word it is asked in the way of the era before. */
const SILENCE_MS = 2000;

const GONE: Grace = { byItselfMs: 1200, whenAskedMs: 300 };

/** It ended, or said nothing of use, before it had said what it speaks. */
export class NoEra extends Error {}

/**
 * Starts it and finds out its era: asked in the way of its own, and of the one before where it says nothing to that; or
 * in that way alone, where `isOld`. Throws UserError where it cannot be started, and NoEra.
 */
export async function openSharedProgram(program: Program, { isOld = false } = {}): Promise<SharedProgram> {
  const askers = new Map<number, Asking>();
  let last = 0;
  let tellEra = (_era: Era): void => {};
  const era = new Promise<Era>((resolve) => {
    tellEra = resolve;
  });
  const question = askEra(clientIdentity());

  const write = (text: string, lost = (): void => {}): void => void running.server.write(`${text}\n`, lost);
  const take = (message: JsonRpc, text: string): undefined => {
    const found = question.eraIn(message);
    if (found !== null) tellEra(found);
    else if (!('method' in message)) answered(message, text);
    // There are no requests to clients in this era, so that nobody may answer this one.
    else if ('id' in message)
      write(JSON.stringify(errorAnswer(message.id, METHOD_NOT_FOUND, 'Clients are not asked.')));
    else told(message, text);
  };
  const answered = (message: JsonRpc, text: string): void => {
    const asking = typeof message.id === 'number' ? askers.get(message.id) : undefined;
    if (asking === undefined) return;
    askers.delete(message.id as number);
    const id = JSON.stringify(asking.id);
    const own = replaceValues(text, [
      [['id'], id],
      [['result', '_meta', SUBSCRIPTION], id],
    ]);
    asking.asker.answer({ ...message, id: asking.id }, own);
  };
  /** Each notification belongs to a request: by its progress token, by its subscription, or because only one can be meant. */
  const told = (message: JsonRpc, text: string): void => {
    const { progressToken, requestId, _meta: meta } = paramsOf(message);
    const isProgress = message.method === 'notifications/progress';
    const named = isObject(meta) ? meta[SUBSCRIPTION] : undefined;
    const number = isProgress ? progressToken : (named ?? requestId);
    if (number !== undefined) {
      const asking = askers.get(number as number);
      if (asking === undefined || (isProgress && asking.token === undefined)) return;
      const id = JSON.stringify(asking.id);
      const own = replaceValues(text, [
        [['params', 'progressToken'], JSON.stringify(asking.token)],
        [['params', 'requestId'], id],
        [['params', '_meta', SUBSCRIPTION], id],
      ]);
      return void asking.asker.tell(own);
    }
    if (message.method !== 'notifications/message') return;
    const [only, ...others] = [...askers.values()].filter(({ asker }) => asker.wantsLogs);
    if (others.length === 0) only?.asker.tell(text);
  };

  const running = await runProgram(program, take);
  const { server } = running;
  const ended = running.ended.then((exit) => {
    const why = `The server "${program.name}" ended before it had answered (${exitText(exit)}).`;
    for (const { asker } of askers.values()) asker.lost(why);
    askers.clear();
    void server.end(GONE);
    return why;
  });
  write(JSON.stringify(isOld ? question.second : question.first));
  const silence = isOld ? undefined : setTimeout(() => write(JSON.stringify(question.second)), SILENCE_MS);
  const tooLate = new Promise<string>((resolve) => {
    setTimeout(() => resolve(`The server "${program.name}" does not say what it speaks.`), START_MS).unref();
  });
  const found = await Promise.race([era, ended.then((why) => ({ why })), tooLate.then((why) => ({ why }))]);
  clearTimeout(silence);
  if (typeof found !== 'string') {
    void server.end(GONE);
    throw new NoEra(found.why);
  }

  return {
    era: found,
    get isIdle() {
      return askers.size === 0;
    },
    get isBusy() {
      return server.unread > program.limits.maxBodyBytes;
    },
    send(text, message, asker, unreached) {
      last += 1;
      const number = last;
      const { _meta: meta } = paramsOf(message);
      const token = isObject(meta) ? meta.progressToken : undefined;
      if (asker !== null) askers.set(number, { asker, id: message.id, token });
      const own = replaceValues(text, [
        [['id'], String(number)],
        [['params', '_meta', 'progressToken'], String(number)],
      ]);
      write(own, () => {
        askers.delete(number);
        unreached();
      });
      return {
        cancel() {
          if (!askers.delete(number)) return;
          write(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: number } }));
        },
      };
    },
    ended,
    end: (grace) => server.end(grace),
  };
}
