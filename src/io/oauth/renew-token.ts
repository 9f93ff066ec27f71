import type { HttpSpec } from '../../core/server/server-spec.ts';
import { UserError } from '../../core/user-error.ts';
import { discoverAuthorization, isSameIssuer } from './discover-authorization.ts';
import { signInNotRenewed } from './oauth-errors.ts';
import { failureText } from './oauth-failure.ts';
import { oauthFetch } from './oauth-fetch.ts';
import { endOf, isExpired, type SignInRecord } from './sign-in-record.ts';
import type { SignInStore } from './sign-in-store.ts';

/** Shorter than a lock lasts. */
const RENEWING_MS = 40_000;

interface RenewContext {
  readonly store: SignInStore;
  readonly signal: AbortSignal;
}

/** The access token that is kept for a server, renewed where its time is over; null where only a person can get one. */
export async function keptToken(spec: HttpSpec, context: RenewContext): Promise<string | null> {
  const record = await context.store.read(spec.url);
  if (record === null) return null;
  const token = record.tokens.access_token;
  return isExpired(record, Date.now()) ? renewedToken(spec, token, context) : token;
}

/**
 * A newer access token in place of one that is over; null where only a person can get one. Of several processes one
 * asks, and the others take what it got: a refresh token is often good for one use only.
 */
export async function renewedToken(spec: HttpSpec, old: string, context: RenewContext): Promise<string | null> {
  const { store, signal } = context;
  const record = await store.read(spec.url);
  if (record?.tokens.refresh_token === undefined) return null;
  return store.alone(spec.url, signal, async () => {
    const latest = await store.read(spec.url);
    if (latest === null) return null;
    if (latest.tokens.access_token !== old && !isExpired(latest, Date.now())) return latest.tokens.access_token;
    const renewed = await renew(spec, latest, AbortSignal.any([signal, AbortSignal.timeout(RENEWING_MS)]));
    if (renewed === null) return null;
    await store.write(spec.url, renewed);
    return renewed.tokens.access_token;
  });
}

async function renew(spec: HttpSpec, record: SignInRecord, signal: AbortSignal): Promise<SignInRecord | null> {
  const { client, tokens } = record;
  const refreshToken = tokens.refresh_token;
  if (refreshToken === undefined) return null;
  const { refreshAuthorization } = await import('@modelcontextprotocol/sdk/client/auth.js');
  const fetch = oauthFetch(spec, signal);
  const { resourceMetadataUrl } = record;
  const authorization = await discoverAuthorization(spec, { resourceMetadataUrl, fetch }).catch((error) => {
    const isPassing = error instanceof UserError && error.code === 'SIGN_IN_UNAVAILABLE';
    throw isPassing ? signInNotRenewed(spec.name, error.because) : error;
  });
  // A server that has gone over to another authorisation server must not get what the first one gave us.
  if (authorization === null) return null;
  const issuer = authorization.authorizationServerUrl;
  if (!isSameIssuer(issuer, tokens.issuer) || !isSameIssuer(issuer, client.issuer)) return null;
  let status: number | null = null;
  try {
    const given = await refreshAuthorization(issuer, {
      metadata: authorization.authorizationServerMetadata,
      clientInformation: client,
      refreshToken,
      ...(authorization.resource !== undefined && { resource: authorization.resource }),
      fetchFn: async (...asked) => {
        const response = await fetch(...asked);
        status = response.status;
        return response;
      },
    });
    return { ...record, tokens: { ...given, issuer }, expiresAt: endOf(given, Date.now()) };
  } catch (error) {
    if (error instanceof UserError) throw error;
    // Whoever answers refuses, in whatever words; who is overloaded or silent has not decided.
    if (status !== null && status < 500 && status !== 429) return null;
    throw signInNotRenewed(spec.name, failureText(error, [refreshToken, client.client_secret]));
  }
}
