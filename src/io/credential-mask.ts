import { basicCredentials } from '../core/basic-credentials.ts';
import { isSecretName, looksLikeToken, MASK } from '../core/secret-looking.ts';
import type { HttpSpec } from '../core/server-spec.ts';

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
export function credentialMask({ url: address, headers, filledIn }: HttpSpec): CredentialMask {
  const spellings = new Set<string>();
  const add = (secret: string): void => {
    if (secret.length < MIN_LENGTH) return;
    for (const spelling of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
      spellings.add(spelling);
  };
  const addHeader = (value: string): void => {
    add(value);
    const token = /^\w+ (\S+)$/.exec(value)?.[1];
    if (token !== undefined) add(token);
  };
  for (const [name, value] of Object.entries(headers))
    if (isSecretName(name) || looksLikeToken(value)) addHeader(value);
  for (const secret of filledIn?.secrets ?? [])
    if (looksLikeToken(secret) || isUsedAsSecret(secret, headers)) addHeader(secret);
  if (URL.canParse(address)) {
    const url = new URL(address);
    const basic = basicCredentials(url);
    if (basic !== null) add(basic);
    add(decodeURIComponent(url.password));
    for (const [name, value] of url.searchParams) if (isSecretName(name) || looksLikeToken(value)) add(value);
    for (const segment of url.pathname.split('/')) if (looksLikeToken(segment)) add(segment);
  }
  return {
    add,
    mask(text) {
      let masked = text;
      for (const secret of spellings) if (masked.includes(secret)) masked = masked.replaceAll(secret, MASK);
      return masked;
    },
  };
}

const isUsedAsSecret = (secret: string, headers: HttpSpec['headers']): boolean =>
  Object.entries(headers).some(([name, value]) => isSecretName(name) && value.includes(secret));
