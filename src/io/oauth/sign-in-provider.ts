import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';
import type { CallbackServer } from './callback-server.ts';
import type { Authorization } from './discover-authorization.ts';
import type { OwnClient } from './sign-in-record.ts';

/** What a sign-in has come to so far. */
export interface Outcome {
  /** The page that the person has to see. */
  page?: URL;
  client?: OAuthClientInformationMixed;
  tokens?: OAuthTokens;
}

interface SignInParts {
  readonly authorization: Authorization;
  readonly callback: CallbackServer;
  readonly ownClient: OwnClient | undefined;
}

/**
 * Knows nothing from before: a registration that the authorisation server has forgotten since would end on a page that
 * never comes back, so every sign-in registers anew, except for a client that a person registered.
 */
export function signInProvider({ authorization, callback, ownClient }: SignInParts): {
  readonly provider: OAuthClientProvider;
  readonly outcome: Readonly<Outcome>;
} {
  const { authorizationServerUrl: issuer, authorizationServerMetadata: metadata } = authorization;
  const { redirectUrl, state } = callback;
  const isDocument = metadata.client_id_metadata_document_supported === true && /^https:/.test(ownClient?.id ?? '');
  const outcome: Outcome = ownClient === undefined || isDocument ? {} : { client: registeredBefore(ownClient, issuer) };
  let verifier = '';
  const provider: OAuthClientProvider = {
    redirectUrl,
    ...(isDocument && ownClient !== undefined && { clientMetadataUrl: ownClient.id }),
    clientMetadata: {
      client_name: 'policylayer',
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    state: () => state,
    discoveryState: () => authorization,
    clientInformation: () => outcome.client,
    saveClientInformation(client) {
      outcome.client = client;
    },
    tokens: () => undefined,
    saveTokens(tokens) {
      outcome.tokens = tokens;
    },
    redirectToAuthorization(page) {
      outcome.page = page;
    },
    saveCodeVerifier(codeVerifier) {
      verifier = codeVerifier;
    },
    codeVerifier: () => verifier,
  };
  return { provider, outcome };
}

function registeredBefore({ id, secret }: OwnClient, issuer: string): OAuthClientInformationMixed {
  return { client_id: id, ...(secret !== undefined && { client_secret: secret }), issuer };
}
