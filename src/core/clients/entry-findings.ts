/** What is dangerous in one server entry, whatever client it is of. */

import { isSecretName, looksLikeToken, MASK, maskAddress, maskArguments } from '../secrets/secret-looking.ts';
import { launchedPackage } from '../server/launcher.ts';
import { commandWords } from './command-words.ts';
import type { DocumentPath } from './config-document.ts';
import { connectionUnencrypted, type Noticed, packageNotPinned, secretInConfig } from './config-finding.ts';
import { hideFallbacks, withoutVariables } from './expand-variables.ts';
import type { Entry } from './read-entry.ts';

/** Where in the entry something was noticed. */
export interface NoticedAt extends Noticed {
  readonly at: DocumentPath;
}

const SECRET_HEADER = /^(?:authorization|proxy-authorization|cookie)$/i;
const MIN_SECRET_CHARS = 6;

export function findingsIn({ written, keys }: Entry): NoticedAt[] {
  return written.kind === 'http'
    ? [...secretHeaders(written.headers, keys.headers), ...addressFindings(written.url, keys.url)]
    : [
        ...secretVariables(written.env, keys.env),
        ...secretArguments(written.args, keys),
        ...unpinned(written.command, written.args, keys),
      ];
}

function secretVariables(env: Readonly<Record<string, string>>, key = 'env'): NoticedAt[] {
  return Object.entries(env)
    .filter(([name, value]) => isPlainSecret(name, value))
    .map(([name]) => ({ ...secretInConfig(`The environment variable "${name}"`), at: [key, name] }));
}

function secretHeaders(headers: Readonly<Record<string, string>>, key = 'headers'): NoticedAt[] {
  return Object.entries(headers)
    .filter(([name, value]) => isPlainSecret(name, value) || (SECRET_HEADER.test(name) && isWritten(value)))
    .map(([name]) => ({ ...secretInConfig(`The header "${name}"`), at: [key, name] }));
}

/** A name such as KEYCLOAK_URL or TOKEN_LIMIT only sounds like a secret: addresses, paths, numbers and switches are none. */
function isPlainSecret(name: string, value: string): boolean {
  const literal = withoutVariables(value).trim();
  if (looksLikeToken(literal)) return true;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(literal)) return !isSameAddress(literal);
  const isHarmless = /^(?:[\d.,]*|true|false|yes|no|on|off|none|null|[~.]?[/\\].*|[A-Za-z]:[\\/].*)$/i.test(literal);
  return isSecretName(name) && !isHarmless && isWritten(value);
}

/** Long enough to be a secret, and none of the texts that stand where one is to be put. */
function isWritten(value: string): boolean {
  const literal = withoutVariables(value)
    .replace(/^(?:Bearer|Basic|Token)\b/i, '')
    .trim();
  return literal.length >= MIN_SECRET_CHARS && !/^<.*>$|\byour[-_ ]|[-_ ]here\b|^x{4,}$|^\*+$|\.\.\.$/i.test(literal);
}

function secretArguments(args: readonly string[], { args: key, command }: Entry['keys']): NoticedAt[] {
  return maskArguments(args).flatMap((masked, at) => {
    const word = args[at] ?? '';
    const shown = hideFallbacks(masked);
    if (shown === word || (shown === masked && !differsBesideVariables(word, masked))) return [];
    const place = shown !== MASK ? ` (${shown})` : at > 0 ? ` (after "${args[at - 1]}")` : '';
    return [{ ...secretInConfig(`Argument ${at + 1}${place}`), at: [key ?? command ?? 'args'] }];
  });
}

/** Whether a mask hides more than variables: `--token=${TOKEN}` has nothing to hide. */
function differsBesideVariables(word: string, masked: string): boolean {
  const [before = '', after = ''] = masked.split(MASK);
  return isWritten(word.slice(before.length, after === '' ? undefined : -after.length));
}

function addressFindings(url: string, key = 'url'): NoticedAt[] {
  const secret = isSameAddress(url)
    ? []
    : [{ ...secretInConfig(`A part of the address ${maskAddress(url)}`), at: [key] }];
  const host = /^http:\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(url)?.[1]?.toLowerCase();
  if (host === undefined || host === '' || isThisMachine(host)) return secret;
  return [...secret, { ...connectionUnencrypted(`"${host}"`), at: [key] }];
}

/** Whether an address holds no credentials. */
function isSameAddress(url: string): boolean {
  const literal = withoutVariables(url);
  if (!URL.canParse(literal)) return true;
  const { password, pathname, searchParams } = new URL(literal);
  const hasSecret = [...searchParams].some(
    ([name, value]) => isWritten(value) && (isSecretName(name) || looksLikeToken(value)),
  );
  return password === '' && !hasSecret && !pathname.split('/').some(looksLikeToken);
}

const isThisMachine = (host: string): boolean =>
  /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|host\.docker\.internal)$/.test(host);

function unpinned(command: string, args: readonly string[], keys: Entry['keys']): NoticedAt[] {
  const [program = '', ...words] = commandWords(command, args);
  const launched = launchedPackage(program, words);
  const requested = launched?.requested;
  if (launched == null || requested == null || withoutVariables(requested) !== requested) return [];
  if (isPinned(launched.registry, requested)) return [];
  return [{ ...packageNotPinned(requested), at: [keys.args ?? keys.command ?? 'args'] }];
}

/** A tag such as "latest", and a branch, is no version: what it names can change. */
function isPinned(registry: 'npm' | 'pypi' | 'image', requested: string): boolean {
  if (/^(?:[.~]?[/\\]|file:|[A-Za-z]:[\\/])/.test(requested)) return true;
  if (registry === 'image') return /@sha256:[0-9a-f]{64}$|:v?\d+\.\d+[^/]*$/.test(requested);
  if (/^(?:git\+|https?:|github:)|\.git\b/.test(requested)) return /[@#][0-9a-f]{7,40}\b|@v?\d+\.\d+/.test(requested);
  return registry === 'npm' ? /.@v?\d+\.\d+\.\d+/.test(requested) : /(?:==|.@)v?\d+(?:\.\d+)+/.test(requested);
}
