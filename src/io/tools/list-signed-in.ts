import { maskAddress } from '../../core/secrets/secret-looking.ts';
import type { HttpSpec } from '../../core/server/server-spec.ts';
import { AuthorizationRequired } from '../http/authorization-required.ts';
import { hasCredentials } from '../http/http-request.ts';
import { signInOfNoUse, signInOver } from '../oauth/oauth-errors.ts';
import { keptToken, renewedToken } from '../oauth/renew-token.ts';
import { signIn } from '../oauth/sign-in.ts';
import { signInStore } from '../oauth/sign-in-store.ts';
import { listServerTools } from './list-server-tools.ts';
import type { ListOptions, ToolListing } from './tool-source.ts';

interface SignedInOptions extends ListOptions {
  readonly timeoutMs: number;
  readonly userFolder: string;
}

/**
 * Lists a server with the token that is kept for it: renewed where it is over, and got from a person in the browser where
 * there is none and somebody is there. Credentials that were given are used alone. A time limit is that of one listing;
 * no person is hurried by it.
 */
export async function listSignedIn(spec: HttpSpec, options: SignedInOptions): Promise<ToolListing> {
  if (hasCredentials(spec)) return listServerTools(spec, options);
  const { person, signal } = options;
  const store = signInStore(options.userFolder);
  const kept = await keptToken(spec, { store, signal });
  const first = await attempt(spec, kept, options);
  if (!(first instanceof AuthorizationRequired)) return first;
  const renewed = kept === null ? null : await renewedToken(spec, kept, { store, signal });
  const second = renewed === null ? first : await attempt(spec, renewed, options);
  if (!(second instanceof AuthorizationRequired)) return second;
  if (person === undefined) throw kept === null ? second : signInOver(spec.name, maskAddress(spec.url));
  const reason = { challenge: second.challenge, refused: renewed ?? kept };
  const last = await attempt(spec, await signIn(spec, reason, { person, store, signal }), options);
  if (last instanceof AuthorizationRequired) throw signInOfNoUse(spec.name, last.because);
  return last;
}

/** As a header, the token goes wherever other headers go: to this origin alone, and into no text. */
async function attempt(
  spec: HttpSpec,
  token: string | null,
  options: SignedInOptions,
): Promise<ToolListing | AuthorizationRequired> {
  const headers = token === null ? spec.headers : { ...spec.headers, Authorization: `Bearer ${token}` };
  try {
    return await listServerTools({ ...spec, headers }, options);
  } catch (error) {
    if (error instanceof AuthorizationRequired) return error;
    throw error;
  }
}
