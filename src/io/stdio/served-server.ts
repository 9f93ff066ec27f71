import type { Readable } from 'node:stream';
import type { Grace } from './process-group.ts';
import type { Exit } from './server-process.ts';

/** A server that is there for as long as somebody uses it, wherever it runs. */
export interface ServedServer {
  /** Its messages, a line each. */
  readonly stdout: Readable;
  /**
   * Passes on what a client sent, with a line end; `lost` is called where that surely did not arrive, with the reason
   * where that is not its end. Resolves when there is room for more.
   */
  write(bytes: Buffer | string, lost: (because?: string) => void): Promise<void>;
  /** Hands on a signal, and ends it by force where it does not end by that. */
  endBy(signal: NodeJS.Signals, grace: Grace): Promise<void>;
  /** Settles when it has ended, by itself or not. */
  readonly exit: Promise<Exit>;
  /** Tells it that nothing more comes, gives it the time to finish, and ends it with all that it started. */
  end(grace: Grace): Promise<void>;
}
