import type { Transport as StatelessTransport } from '@modelcontextprotocol/client';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { LONGEST_TIMER_MS } from '../deadline.ts';
import { clientIdentity } from './client-identity.ts';
import { LenientTransport } from './lenient-transport.ts';
import { claimedIdentity, type Session } from './session.ts';

const STATELESS_REVISION = '2026-07-28';

/** How a server that has no `initialize` refuses it: unsupported protocol version. */
export const UNSUPPORTED_PROTOCOL_VERSION = -32022;

const REQUEST_OPTIONS = { timeout: LONGEST_TIMER_MS };

/** Speaks to a server of the stateless era, which begins with `server/discover`. Its SDK is loaded here, not before. */
export async function openStatelessSession(transport: Transport | StatelessTransport): Promise<Session> {
  const { Client } = await import('@modelcontextprotocol/client');
  const { z } = await import('zod');
  // The two majors differ in message types that are the same on the wire.
  const lenient = new LenientTransport(transport as Transport);
  const client = new Client(clientIdentity(), { versionNegotiation: { mode: { pin: STATELESS_REVISION } } });
  await lenient.refusalsOf(client.connect(lenient as StatelessTransport, REQUEST_OPTIONS));
  return {
    revision: client.getNegotiatedProtocolVersion() ?? STATELESS_REVISION,
    server: claimedIdentity(client.getServerVersion()),
    listPage: async (cursor) => {
      const request = { method: 'tools/list', ...(cursor !== undefined && { params: { cursor } }) };
      await lenient.refusalsOf(client.request(request, z.unknown(), REQUEST_OPTIONS));
      return lenient.answer('tools/list');
    },
  };
}
