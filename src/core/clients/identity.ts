/** When two entries are one server: the same command and arguments, or the same address. Environment and headers do not count. */

import { placeholdersIn, valuesBetween } from '../project/placeholder.ts';
import { isSecretName } from '../secrets/secret-looking.ts';
import { commandWords } from './command-words.ts';
import type { ReachableSpec } from './configured-server.ts';

/** Equal for the same server; differs where a value is left open in one of them (see `isSameServer`). */
export function identityOf(spec: ReachableSpec): string {
  return spec.kind === 'http' ? addressOf(spec.url) : JSON.stringify(commandWords(spec.command, spec.args));
}

/** Whether two are one server, `${env:NAME}` in one of them standing for any value in the other. */
export function isSameServer(a: ReachableSpec, b: ReachableSpec): boolean {
  if (a.kind === 'http' || b.kind === 'http')
    return a.kind === 'http' && b.kind === 'http' && fits(addressOf(a.url), addressOf(b.url));
  const [words, others] = [commandWords(a.command, a.args), commandWords(b.command, b.args)];
  return words.length === others.length && words.every((word, at) => fits(word, others[at] ?? ''));
}

export function hasOpenValue(spec: ReachableSpec): boolean {
  return placeholdersIn(identityOf(spec)).length > 0;
}

function fits(a: string, b: string): boolean {
  return a === b || valuesBetween(a, b) !== null || valuesBetween(b, a) !== null;
}

/** Without user, fragment, the slash at its end, and the parts of the query that hold a secret. */
function addressOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const address = new URL(url);
  for (const name of [...address.searchParams.keys()]) if (isSecretName(name)) address.searchParams.delete(name);
  const { protocol, host, pathname, search } = address;
  return `${protocol}//${host}${decodedBraces(pathname.replace(/\/+$/, '') + search)}`;
}

/** The braces of a placeholder as they were written. */
function decodedBraces(text: string): string {
  return text.replace(/%7B/gi, '{').replace(/%7D/gi, '}');
}
