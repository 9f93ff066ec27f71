import { UserError } from '../../../core/user-error.ts';
import type { Grace } from '../../../io/stdio/process-group.ts';
import type { Era } from '../era.ts';
import type { Program } from './program.ts';
import { NoEra, openSharedProgram, type SharedProgram } from './shared-program.ts';

/** The one program of the stateless era, which runs while it is needed. */
export interface SharedSlot {
  /** The era that the program was found to be of; null before that. */
  readonly era: Era | null;
  /** Whether the program reads so slowly that another request is too much. */
  readonly isBusy: boolean;
  /** The program, which is started where it does not run. Rejects with what a client may be told. */
  get(): Promise<SharedProgram>;
  /** Lets go of one that nobody has asked anything for so long. */
  endIdle(idleMs: number): void;
  end(grace: Grace): Promise<void>;
}

/** A program that cannot be started is not tried again for every request. */
const TRY_AGAIN_MS = 1000;
const NOT_NEEDED: Grace = { byItselfMs: 10_000, whenAskedMs: 3000 };

export function createSharedSlot(program: Program, now: () => number): SharedSlot {
  let era: Era | null = null;
  let running: Promise<SharedProgram> | null = null;
  let current: SharedProgram | null = null;
  let usedAt = now();
  let isOver = false;
  const start = async (): Promise<SharedProgram> => {
    current = null;
    const opened = await openSharedProgram(program).catch((error: unknown) => {
      if (!(error instanceof NoEra)) throw error;
      // Some older ones end when they are asked what they do not know.
      return openSharedProgram(program, { isOld: true }).catch(() => Promise.reject(error));
    });
    era = opened.era;
    current = opened;
    usedAt = now();
    // Its clients have one each.
    if (era === 'stateful') void opened.end(NOT_NEEDED);
    return opened;
  };
  const forget = (one: Promise<SharedProgram>): void => {
    if (running === one) running = null;
  };
  return {
    get era() {
      return era;
    },
    get isBusy() {
      return running !== null && current?.isBusy === true;
    },
    get() {
      usedAt = now();
      if (isOver) return Promise.reject(new Error('The gateway is ending.'));
      if (running !== null) return running;
      const starting = start();
      running = starting;
      starting.then(
        async (opened) => {
          const why = await opened.ended;
          if (running !== starting || isOver || era === 'stateful') return;
          program.log({ event: 'ended', level: 'warning', server: program.name, message: why });
          running = null;
        },
        (error: unknown) => {
          program.log({ event: 'ended', level: 'error', server: program.name, message: startFailureText(error) });
          setTimeout(() => forget(starting), TRY_AGAIN_MS).unref();
        },
      );
      return starting;
    },
    endIdle(idleMs) {
      const one = running;
      if (one === null || usedAt + idleMs > now()) return;
      void one.then(
        (opened) => {
          if (!opened.isIdle || running !== one || usedAt + idleMs > now()) return;
          running = null;
          void opened.end(NOT_NEEDED);
        },
        () => {},
      );
    },
    async end(grace) {
      isOver = true;
      const opened = await running?.catch(() => null);
      await opened?.end(grace);
    },
  };
}

/** Why a program could not be started, for a client: without the lines that it wrote, which may hold anything. */
export function startFailureText(error: unknown): string {
  if (error instanceof UserError) return `${error.message} ${error.because}`;
  return error instanceof Error ? error.message : String(error);
}
