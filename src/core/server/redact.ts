import { basicCredentials, percentDecoded } from '../secrets/basic-credentials.ts';
import { looksLikeToken, MASK, maskArguments } from '../secrets/secret-looking.ts';
import type { HttpSpec, StdioSpec } from './server-spec.ts';

/** Shorter values are too common in ordinary text: hiding every "1" or "dev" would make output unreadable. */
const MIN_SECRET_LENGTH = 4;

/**
 * Replaces what the user entrusted to us for this server in any text about it: values of its environment and its
 * headers, secret-looking arguments, user and query of its address. Servers like to echo what they were given.
 */
export function redactor(spec: StdioSpec | HttpSpec): (text: string) => string {
  const spellings = [...secretsOf(spec), ...(spec.filledIn?.secrets ?? []).flatMap(partsOf)]
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  // Longest first: where one secret is part of another, nothing of the longer one may remain.
  const sorted = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return (text) => sorted.reduce((hidden, secret) => hidden.replaceAll(secret, MASK), text);
}

function secretsOf(spec: StdioSpec | HttpSpec): string[] {
  if (spec.kind === 'http') return [...Object.values(spec.headers).flatMap(partsOf), ...secretsOfAddress(spec.url)];
  return [...Object.values(spec.env).flatMap(partsOf), ...secretsOfWords([spec.command, ...spec.args])];
}

/** A value is also printed in parts: "Bearer abc" as "abc", a key of several lines one line at a time. */
function partsOf(value: string): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  const token = /^\w+ (\S{8,})$/.exec(value)?.[1];
  return [value, ...lines, ...(token === undefined ? [] : [token])];
}

function secretsOfWords(words: readonly string[]): string[] {
  return maskArguments(words).flatMap((masked, at) => {
    const word = words[at] ?? '';
    if (masked === word) return [];
    return [
      ...maskedParts(word, masked),
      ...(word.match(/[a-z][a-z0-9+.-]*:\/\/\S+/gi) ?? []).flatMap(secretsOfAddress),
    ];
  });
}

/** What the masks took the place of: in each place, what stands between the texts around the mask. */
function maskedParts(word: string, masked: string): string[] {
  const [first = '', ...others] = masked.split(MASK);
  let from = first.length;
  return others.map((after) => {
    const end = after === '' ? -1 : word.indexOf(after, from);
    const secret = word.slice(from, end < 0 ? undefined : end);
    from += secret.length + after.length;
    return secret;
  });
}

function secretsOfAddress(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const url = new URL(address);
  const { username, password, pathname, search, searchParams } = url;
  const userInfo = [username, password].flatMap((part) => [part, percentDecoded(part)]);
  const basic = basicCredentials(url);
  return [
    ...userInfo,
    ...(basic === null ? [] : [basic]),
    search.slice(1),
    ...searchParams.values(),
    ...pathname.split('/').filter(looksLikeToken),
  ];
}
