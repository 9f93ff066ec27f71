import { maskAddress } from '../../core/secrets/secret-looking.ts';
import type { HttpSpec } from '../../core/server/server-spec.ts';
import { signInNotOffered } from '../http/http-errors.ts';
import { listingInterrupted } from '../session/listing-errors.ts';
import { answerOf, codeIn, openCallback } from './browser-answer.ts';
import { type Authorization, discoverAuthorization, isSameIssuer, withoutUser } from './discover-authorization.ts';
import * as errors from './oauth-errors.ts';
import { failureText } from './oauth-failure.ts';
import { oauthFetch, requireSafe } from './oauth-fetch.ts';
import type { Person } from './person.ts';
import { signInProvider } from './sign-in-provider.ts';
import { endOf, isExpired, type OwnClient, type SignInRecord, signInRecordSchema } from './sign-in-record.ts';
import type { SignInStore } from './sign-in-store.ts';

export interface SignInContext {
  readonly person: Person;
  readonly store: SignInStore;
  readonly signal: AbortSignal;
  /** A client that the person registered; that of the sign-in before where none is given. */
  readonly ownClient?: OwnClient | undefined;
}

export interface SignInReason {
  /** The WWW-Authenticate header of the refusal. */
  readonly challenge: string;
  /** The token that is of no use any more, where there was one. */
  readonly refused: string | null;
}

/** Lets a person sign in to a server in the browser, keeps what comes of it, and returns the access token. */
export async function signIn(spec: HttpSpec, reason: SignInReason, context: SignInContext): Promise<string> {
  const { person, store, signal } = context;
  return person.attend(async () => {
    if (signal.aborted) throw listingInterrupted(spec.name);
    const before = await store.read(spec.url);
    // Another listing of the same server had its turn before us.
    const isNew = before !== null && before.tokens.access_token !== reason.refused && !isExpired(before, Date.now());
    if (isNew) return before.tokens.access_token;
    const record = await askInBrowser(spec, reason.challenge, before, context);
    await store.write(spec.url, record);
    return record.tokens.access_token;
  });
}

async function askInBrowser(
  spec: HttpSpec,
  challenge: string,
  before: SignInRecord | null,
  { person, signal, ownClient: givenClient }: SignInContext,
): Promise<SignInRecord> {
  const { auth, extractWWWAuthenticateParams } = await import('@modelcontextprotocol/sdk/client/auth.js');
  const said = extractWWWAuthenticateParams(new Response(null, { headers: { 'www-authenticate': challenge } }));
  const fetch = oauthFetch(spec, signal);
  const resourceMetadataUrl = said.resourceMetadataUrl?.href;
  const authorization = await discoverAuthorization(spec, { resourceMetadataUrl, fetch });
  if (authorization === null) throw signInNotOffered(spec.name);
  // A secret that was given for one authorisation server is not for the next.
  const isSameServer = before !== null && isSameIssuer(before.client.issuer, authorization.authorizationServerUrl);
  const ownClient = givenClient ?? (isSameServer ? before.ownClient : undefined);
  const callback = await openCallback(spec, ownClient?.callbackPort);
  try {
    if (!(await person.agrees(requestOf(spec, authorization)))) throw errors.signInDeclined(spec.name);
    const { provider, outcome } = signInProvider({ authorization, callback, ownClient });
    const options = { serverUrl: withoutUser(spec.url), fetchFn: fetch };
    const scope = said.scope === undefined ? {} : { scope: said.scope };
    await auth(provider, { ...options, ...scope }).catch((error) => {
      const because = failureText(error, [ownClient?.secret]);
      throw errors.registrationRefused(spec.name, { because, address: maskAddress(spec.url) });
    });
    const page = outcome.page?.href ?? '';
    requireSafe(page, { name: spec.name, server: spec.url });
    await person.visit(page);
    const code = codeIn(await answerOf(spec, callback, { person, signal }), spec, authorization);
    await auth(provider, { ...options, authorizationCode: code }).catch((error) => {
      throw errors.tokenNotGiven(spec.name, failureText(error, [code, ownClient?.secret]));
    });
    const { client, tokens } = outcome;
    if (
      client === undefined ||
      tokens === undefined ||
      !/^bearer$/i.test(tokens.token_type) ||
      tokens.access_token === ''
    )
      throw errors.tokenNotGiven(spec.name, 'What it gave is no bearer token.');
    return signInRecordSchema.parse({
      version: 1,
      server: maskAddress(spec.url),
      resourceMetadataUrl,
      ownClient,
      client,
      tokens,
      expiresAt: endOf(tokens, Date.now()),
    });
  } finally {
    callback.close();
  }
}

function requestOf({ name, url }: HttpSpec, { authorizationServerMetadata: metadata }: Authorization) {
  return {
    server: name,
    address: maskAddress(url),
    authorizationServer: new URL(metadata.issuer).origin,
    page: new URL(metadata.authorization_endpoint).origin,
  };
}
