/** Entries that name a server and leave it to their client how it is reached. */
import type { JsonObject } from '../tool.ts';
import type { EntryFields, WayToReach } from './client.ts';
import { own } from './own.ts';

/** The entry, with the command or the URL that its client would use where it has neither and all that takes is known. */
export function reached(name: string, entry: JsonObject, { command, url, reachedBy }: EntryFields): JsonObject {
  if ([...command, ...url].some((key) => own(entry, key) != null)) return entry;
  const way = reachedBy.find(({ where }) => Object.keys(where).every((key) => hasOneOf(entry, key, where[key])));
  const words = way === undefined ? null : filled(way, { ...entry, server: name });
  if (words === null) return entry;
  return way?.url === undefined ? { ...entry, [command[0] ?? '']: words } : { ...entry, [url[0] ?? '']: words[0] };
}

/** Whether the entry has one of the values in a key. */
export function hasOneOf(entry: JsonObject, key: string, values: readonly unknown[] = []): boolean {
  return values.includes(own(entry, key));
}

function filled({ command, url = '' }: WayToReach, values: JsonObject): string[] | null {
  const words = (command ?? [url]).map((word) => filledWord(word, values));
  return words.every((word) => word !== null) ? words : null;
}

function filledWord(word: string, values: JsonObject): string | null {
  const keys = [...word.matchAll(/<(\w+)>/g)].map(([, key = '']) => key);
  if (!keys.every((key) => ['string', 'number'].includes(typeof own(values, key)))) return null;
  return word.replace(/<(\w+)>/g, (_, key: string) => String(own(values, key)));
}
