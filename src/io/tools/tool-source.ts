/** Where tools come from. A source is lazy: nothing is started or connected before `listTools`. */
import type { ListedServer, Listing } from '../../core/listing/judge-listing.ts';
import type { Person } from '../oauth/person.ts';

export type ToolListing = Listing;

export interface ListOptions {
  /** Aborting it ends the listing and every process started for it. */
  readonly signal: AbortSignal;
  /** Told in a few words what is being done now, for a spinner. */
  readonly onProgress?: (doing: string) => void;
  /** Who can sign in to a server that asks for it; undefined where nobody is there. */
  readonly person?: Person | undefined;
}

export interface ToolSource extends ListedServer {
  /** Lists all tools under one time limit. Throws UserError when the server cannot be listed. */
  listTools(options: ListOptions): Promise<ToolListing>;
}
