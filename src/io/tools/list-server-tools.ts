import type { HttpSpec, StdioSpec } from '../../core/server/server-spec.ts';
import { UserError } from '../../core/user-error.ts';
import { Interrupted, TimedOut, withinDeadline } from '../deadline.ts';
import { HttpLink } from '../http/http-link.ts';
import { listingInterrupted, otherThingsSpoken, serverTimedOut } from '../session/listing-errors.ts';
import type { ServerLink } from '../session/server-link.ts';
import { StdioLink } from '../stdio/stdio-link.ts';
import { readPages } from './read-pages.ts';
import type { ListOptions, ToolListing } from './tool-source.ts';

/** Connects, lists and closes. Throws UserError, and only after everything that was started has ended. */
export async function listServerTools(
  spec: StdioSpec | HttpSpec,
  { timeoutMs, signal, onProgress }: ListOptions & { readonly timeoutMs: number },
): Promise<ToolListing> {
  if (signal.aborted) throw listingInterrupted(spec.name);
  let doing = 'starting';
  const tell = (now: string): void => {
    doing = now;
    onProgress?.(now);
  };
  if (spec.kind === 'stdio') tell('starting');
  const link: ServerLink = spec.kind === 'stdio' ? new StdioLink(spec) : new HttpLink(spec);
  try {
    return await withinDeadline(() => listOver(link, tell), { timeoutMs, signal });
  } catch (error) {
    // Closed first, so that the server's last words have arrived when the failure is explained.
    await link.close();
    if (error instanceof UserError) throw error;
    if (error instanceof Interrupted) throw listingInterrupted(spec.name);
    if (error instanceof TimedOut) {
      const parts = { timeoutMs, doing, serverOutput: link.lastWords() };
      const isConnected = doing.startsWith('listing');
      const hasSpoken = spec.kind === 'stdio' && link.findings().length > 0;
      throw hasSpoken && !isConnected ? otherThingsSpoken(spec.name, parts) : serverTimedOut(spec.name, parts);
    }
    throw link.explain(error, { isListing: doing.startsWith('listing') });
  } finally {
    await link.close();
  }
}

async function listOver(link: ServerLink, tell: (doing: string) => void): Promise<ToolListing> {
  tell('connecting');
  const session = await link.connect();
  const { tools, findings } = await readPages(session, {
    receivedBytes: () => link.receivedBytes(),
    onPage: (page) => tell(page === 1 ? 'listing tools' : `listing tools, page ${page}`),
  });
  return {
    transport: link.transport,
    protocol: session.revision,
    server: session.server,
    tools,
    findings: [...link.findings(), ...findings],
  };
}
