import { basicCredentials, percentDecoded } from '../../core/secrets/basic-credentials.ts';
import { isSecretName, looksLikeToken, MASK, replaceSecrets } from '../../core/secrets/secret-looking.ts';
import type { HttpSpec, StdioSpec } from '../../core/server/server-spec.ts';

/** Shorter values may be part of an ordinary answer, and changing that would be worse. */
const MIN_LENGTH = 8;

export interface CredentialMask {
  mask(text: string): string;
  /** One that was found out later. */
  add(secret: string): void;
}

/**
 * Takes the credentials for a server out of what it answers. Unlike `redactor`, which is for our own messages, it leaves
 * alone what is configured but no secret, since answers are data that somebody works with.
 */
export function credentialMask(spec: HttpSpec | StdioSpec): CredentialMask {
  const spellings = new Set<string>();
  const add = (secret: string): void => {
    if (secret.length < MIN_LENGTH) return;
    const inJson = JSON.stringify(secret).slice(1, -1);
    // PHP and others escape slashes in JSON.
    for (const spelling of [secret, inJson, inJson.replaceAll('/', '\\/'), encodeURIComponent(secret)])
      spellings.add(spelling);
  };
  for (const secret of spec.kind === 'http' ? secretsOfRequest(spec) : secretsOfProgram(spec)) add(secret);
  return {
    add,
    mask(text) {
      let masked = text;
      for (const secret of spellings) if (masked.includes(secret)) masked = masked.replaceAll(secret, MASK);
      return masked;
    },
  };
}

function secretsOfRequest({ url, headers, filledIn }: HttpSpec): string[] {
  const named = Object.entries(headers).flatMap(([name, value]) =>
    isSecretName(name) || looksLikeToken(value) ? [value] : [],
  );
  const filled = (filledIn?.secrets ?? []).filter(
    (secret) => looksLikeToken(secret) || isUsedAsSecret(secret, headers),
  );
  return [...[...named, ...filled].flatMap(withoutScheme), ...secretsOfAddress(url)];
}

const isUsedAsSecret = (secret: string, headers: HttpSpec['headers']): boolean =>
  Object.entries(headers).some(([name, value]) => isSecretName(name) && value.includes(secret));

/** A header may be echoed whole, or the token behind "Bearer" alone. */
function withoutScheme(value: string): string[] {
  const token = /^\w+ (\S+)$/.exec(value)?.[1];
  return token === undefined ? [value] : [value, token];
}

function secretsOfAddress(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const url = new URL(address);
  const basic = basicCredentials(url);
  const queried = [...url.searchParams].flatMap(([name, value]) =>
    isSecretName(name) || looksLikeToken(value) ? [value] : [],
  );
  const segments = url.pathname.split('/').filter(looksLikeToken);
  return [...(basic === null ? [] : [basic]), percentDecoded(url.password), ...queried, ...segments];
}

/** Where a secret lies is none. */
const NAMES_A_PLACE = /(?:file|path|dir|directory)$/i;

function secretsOfProgram({ env, args }: StdioSpec): string[] {
  const found = Object.entries(env).flatMap(([name, value]) => {
    if (looksLikeToken(value)) return [value];
    return isSecretName(name) && !NAMES_A_PLACE.test(name) ? withoutScheme(value) : secretsOfAddress(value);
  });
  replaceSecrets(args, {
    secret(value) {
      found.push(value);
      return '';
    },
    address(address) {
      found.push(...secretsOfAddress(address));
      return '';
    },
  });
  return found;
}
