import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isSafeAddress } from '../../core/secrets/safe-address.ts';
import { maskAddress } from '../../core/secrets/secret-looking.ts';
import type { HttpSpec } from '../../core/server/server-spec.ts';
import { innermostMessage } from '../innermost-message.ts';
import { addressUnsafe } from './oauth-errors.ts';

const REQUEST_MS = 15_000;
const MAX_BYTES = 1024 * 1024;

/**
 * Asks what a sign-in has to ask: safe addresses alone, none that a redirect leads to unseen, with a limit to time and
 * size. It knows nothing of the headers for the server.
 */
export function oauthFetch({ name, url: server }: HttpSpec, signal: AbortSignal): FetchLike {
  return async (address, init = {}) => {
    requireSafe(String(address), { name, server });
    const timed = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_MS)]);
    try {
      const response = await fetch(address, { ...init, redirect: 'manual', signal: timed });
      const { status, statusText, headers } = response;
      const body = await wholeBody(response);
      return new Response([204, 304].includes(status) ? null : body, { status, statusText, headers });
    } catch (error) {
      // The SDK takes a TypeError for a rule of browsers, and goes on as if nobody had been asked.
      throw new Error(innermostMessage(error), { cause: error });
    }
  };
}

/** Throws UserError where an address may not be used for signing in. */
export function requireSafe(address: string, { name, server }: { readonly name: string; readonly server: string }) {
  if (!isSafeAddress(address, { server })) throw addressUnsafe(name, maskAddress(address).slice(0, 300));
}

async function wholeBody(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error('The answer is too large');
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
