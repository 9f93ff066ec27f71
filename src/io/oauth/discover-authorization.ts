import type { OAuthServerInfo } from '@modelcontextprotocol/sdk/client/auth.js';
import type { AuthorizationServerMetadata } from '@modelcontextprotocol/sdk/shared/auth.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { maskAddress } from '../../core/secrets/secret-looking.ts';
import type { HttpSpec } from '../../core/server/server-spec.ts';
import { UserError } from '../../core/user-error.ts';
import { issuerMismatch, signInUnavailable } from './oauth-errors.ts';
import { failureText } from './oauth-failure.ts';
import { requireSafe } from './oauth-fetch.ts';

/** Where one signs in to a server; every address in it has been checked. */
export interface Authorization extends OAuthServerInfo {
  readonly authorizationServerMetadata: AuthorizationServerMetadata;
  /** What tokens are asked for, in the spelling of the server; undefined where it says nothing about itself. */
  readonly resource: string | undefined;
}

/** Asks the server, then its authorisation server. Null where there is none: it then takes tokens of another kind. */
export async function discoverAuthorization(
  spec: HttpSpec,
  { resourceMetadataUrl, fetch }: { readonly resourceMetadataUrl: string | undefined; readonly fetch: FetchLike },
): Promise<Authorization | null> {
  const { discoverOAuthServerInfo, selectResourceURL } = await import('@modelcontextprotocol/sdk/client/auth.js');
  const safe = { name: spec.name, server: spec.url };
  if (resourceMetadataUrl !== undefined) requireSafe(resourceMetadataUrl, safe);
  try {
    const found = await discoverOAuthServerInfo(withoutUser(spec.url), {
      ...(resourceMetadataUrl !== undefined && { resourceMetadataUrl: new URL(resourceMetadataUrl) }),
      fetchFn: fetch,
    });
    const { authorizationServerMetadata: metadata, resourceMetadata } = found;
    if (metadata === undefined) return null;
    for (const address of [metadata.authorization_endpoint, metadata.token_endpoint, metadata.registration_endpoint])
      if (address !== undefined) requireSafe(address, safe);
    // A server without metadata of its own vouches for the authorisation server by serving its metadata.
    if (resourceMetadata !== undefined && !isSameIssuer(metadata.issuer, found.authorizationServerUrl))
      throw issuerMismatch(
        spec.name,
        `${maskAddress(found.authorizationServerUrl)} says that it is ${maskAddress(metadata.issuer).slice(0, 200)}.`,
      );
    // Refuses metadata of another server, for which we would fetch a token.
    if (resourceMetadata !== undefined) await selectResourceURL(withoutUser(spec.url), NO_PROVIDER, resourceMetadata);
    return { ...found, authorizationServerMetadata: metadata, resource: resourceMetadata?.resource };
  } catch (error) {
    throw error instanceof UserError ? error : signInUnavailable(spec.name, failureText(error));
  }
}

/** A slash at the end does not count: many write the one address and serve the other. */
export function isSameIssuer(a: string, b: string): boolean {
  const spelt = (issuer: string): string => (URL.canParse(issuer) ? new URL(issuer).href : issuer).replace(/\/$/, '');
  return spelt(a) === spelt(b);
}

export function withoutUser(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

/** The SDK asks a provider only for a check of its own. */
const NO_PROVIDER = {} as Parameters<typeof import('@modelcontextprotocol/sdk/client/auth.js').selectResourceURL>[1];
