import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogEntry } from '../core/classify/catalog-entry.ts';
import type { Knowledge } from '../core/classify/knowledge.ts';
import { createLexicon } from '../core/classify/language/lexicon.ts';
import type { Words } from '../core/classify/language/words.ts';
import type { Client } from '../core/clients/client.ts';
import type { AttackPattern } from '../core/explain/attack-pattern.ts';
import { packageRoot } from './package-root.ts';

/**
 * What the classifier knows beyond its rules, from the catalog that the build compiled and validated.
 * `catalog: false` leaves the known servers out and keeps the words.
 */
export function readKnowledge({ catalog }: { readonly catalog: boolean }): Omit<Knowledge, 'overrides'> {
  return {
    lexicon: createLexicon(readCompiled<Words>('words.json')),
    entries: catalog ? readCompiled<CatalogEntry[]>('servers.json') : [],
  };
}

/** Where MCP clients keep their servers. */
export function readClients(): Client[] {
  return readCompiled<Client[]>('clients.json');
}

/** How tools are abused. */
export function readAttackPatterns(): AttackPattern[] {
  return readCompiled<AttackPattern[]>('attack-patterns.json');
}

function readCompiled<T>(file: string): T {
  return JSON.parse(readFileSync(join(packageRoot(), 'dist/catalog', file), 'utf8')) as T;
}
