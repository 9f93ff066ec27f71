import { maskAddress } from '../../core/secrets/secret-looking.ts';
import type { HttpSpec } from '../../core/server/server-spec.ts';
import { Interrupted, TimedOut, withinDeadline } from '../deadline.ts';
import { listingInterrupted } from '../session/listing-errors.ts';
import { isSystemError, systemErrorText } from '../system-error.ts';
import { type CallbackServer, openCallbackServer } from './callback-server.ts';
import { type Authorization, isSameIssuer } from './discover-authorization.ts';
import { callbackPortTaken, issuerMismatch, signInRefused, signInTimedOut } from './oauth-errors.ts';
import type { Person } from './person.ts';

const PATIENCE_MINUTES = 5;

/** Throws UserError where something else listens at that port. */
export async function openCallback({ name }: HttpSpec, port: number | undefined): Promise<CallbackServer> {
  try {
    return await openCallbackServer(port);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw callbackPortTaken(name, `Port ${port ?? 0} of this machine: ${systemErrorText(error)}`);
  }
}

/** What the browser comes back with, or what the person pastes: whichever is first, and neither for ever. */
export async function answerOf(
  { name }: HttpSpec,
  { answer, take }: CallbackServer,
  { person, signal }: { readonly person: Person; readonly signal: AbortSignal },
): Promise<URLSearchParams> {
  const answered = new AbortController();
  const pasted = person.paste(take, AbortSignal.any([signal, answered.signal]));
  try {
    return await withinDeadline(() => Promise.race([answer, pasted.then(() => answer)]), {
      timeoutMs: PATIENCE_MINUTES * 60_000,
      signal,
    });
  } catch (error) {
    if (error instanceof TimedOut) throw signInTimedOut(name, PATIENCE_MINUTES);
    throw error instanceof Interrupted ? listingInterrupted(name) : error;
  } finally {
    answered.abort();
    await pasted.catch(() => {});
  }
}

/** The code in an answer that comes from who was asked. Another one's would go to who was asked, who could use it there. */
export function codeIn(answer: URLSearchParams, { name }: HttpSpec, authorization: Authorization): string {
  const metadata: { issuer: string; authorization_response_iss_parameter_supported?: unknown } =
    authorization.authorizationServerMetadata;
  const { issuer, authorization_response_iss_parameter_supported: isPromised } = metadata;
  const from = answer.get('iss');
  if (from === null ? isPromised === true : !isSameIssuer(from, issuer))
    throw issuerMismatch(
      name,
      from === null
        ? 'Its answer does not say who it is from, though it promised to.'
        : `The answer is from ${maskAddress(from).slice(0, 200)}, and ${maskAddress(issuer)} was asked.`,
    );
  const code = answer.get('code');
  if (code !== null && !answer.has('error')) return code;
  const said = (parameter: string): string => (answer.get(parameter) ?? '').slice(0, 200).replace(/\.$/, '');
  const description = said('error_description') === '' ? '' : `: ${said('error_description')}`;
  throw signInRefused(name, `It answered "${said('error') || 'nothing'}"${description}.`);
}
