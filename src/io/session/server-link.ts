/** The way to one server, from opening it to explaining why it failed. Two kinds: a process we start, and HTTP. */
import type { Finding } from '../../core/finding.ts';
import type { Transport } from '../../core/report.ts';
import type { UserError } from '../../core/user-error.ts';
import type { Session } from './session.ts';

export interface ServerLink {
  readonly transport: Transport;
  /** Speaks to the server in whichever protocol era it understands. */
  connect(): Promise<Session>;
  receivedBytes(): number;
  /** What was noticed about the way itself. */
  findings(): Finding[];
  /** The last lines the server wrote beside the protocol, without the user's secrets. */
  lastWords(): string[];
  /** What `error` means for the person. Asked after `close`, so that the server's last words are known. */
  explain(error: unknown, at: { readonly isListing: boolean }): UserError;
  /** Ends everything that was opened. May be called twice; never throws. */
  close(): Promise<void>;
}
