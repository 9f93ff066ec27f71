/** Compiles `catalog/` and the published JSON Schemas into `dist`, so that no command parses YAML at start. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { catalogEntrySchema } from '../core/classify/catalog-entry.ts';
import { createLexicon } from '../core/classify/language/lexicon.ts';
import { wordsSchema } from '../core/classify/language/words.ts';
import { type Client, clientSchema } from '../core/clients/client.ts';
import { inventoryReportSchema } from '../core/clients/inventory-report.ts';
import { attackPatternsSchema } from '../core/explain/attack-pattern.ts';
import { explanationSchema } from '../core/explain/explanation.ts';
import { checkReportSchema } from '../core/policy/check/check-report.ts';
import { policySchema } from '../core/policy/policy.ts';
import { testReportSchema } from '../core/policy/test-report.ts';
import { projectSchema } from '../core/project/project.ts';
import { reportSchema } from '../core/report.ts';
import { packageRoot } from '../io/package-root.ts';

const root = packageRoot();

function readYaml<T>(path: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(parse(readFileSync(join(root, path), 'utf8')));
  if (!result.success) throw new Error(`${path}:\n${z.prettifyError(result.error)}`);
  return result.data;
}

function writeJson(path: string, value: unknown, space?: number): void {
  const file = join(root, 'dist', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, space)}\n`);
}

function readFolder<T>(folder: string, schema: z.ZodType<T>): T[] {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.yaml'));
  return files.sort().map((file) => readYaml(`${folder}/${file}`, schema));
}

const words = readYaml('catalog/words.yaml', wordsSchema);
// Refuses lists that contradict themselves.
createLexicon(words);
writeJson('catalog/words.json', words);
writeJson('catalog/servers.json', readFolder('catalog/servers', catalogEntrySchema));
const byTitle = (a: Client, b: Client): number => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1);
writeJson('catalog/clients.json', readFolder('catalog/clients', clientSchema).sort(byTitle));
writeJson('catalog/attack-patterns.json', readYaml('catalog/attack-patterns.yaml', attackPatternsSchema));
writeJson('schema/policy.json', z.toJSONSchema(policySchema), 2);
writeJson('schema/config.json', z.toJSONSchema(projectSchema, { io: 'input' }), 2);
writeJson('schema/report.json', z.toJSONSchema(reportSchema), 2);
writeJson('schema/explanation.json', z.toJSONSchema(explanationSchema), 2);
writeJson('schema/inventory.json', z.toJSONSchema(inventoryReportSchema), 2);
writeJson('schema/check.json', z.toJSONSchema(checkReportSchema), 2);
writeJson('schema/test.json', z.toJSONSchema(testReportSchema), 2);
