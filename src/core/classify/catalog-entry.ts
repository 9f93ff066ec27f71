/** What is known of one product's server: how to recognise it, and verdicts that its text alone does not give. */
import { z } from 'zod';
import type { ServerIdentity } from './knowledge.ts';
import { writtenVerdictSchema } from './override.ts';

const catalogVerdictSchema = writtenVerdictSchema.extend({
  source: z.url().describe('A public page or repository that shows what the tool does.'),
  checked: z.iso.date().describe('The day the source was read.'),
});

export const catalogEntrySchema = z.strictObject({
  title: z.string().describe('The product, as people call it.'),
  recognise: z.strictObject({
    names: z.array(z.string()).describe('What the server calls itself in `serverInfo.name`.'),
    packages: z.array(z.string().regex(/^(npm|pypi):/)),
    hosts: z.array(z.string()).describe('Host names of its remote endpoint.'),
  }),
  tools: z.record(z.string(), catalogVerdictSchema),
});

export type CatalogVerdict = z.infer<typeof catalogVerdictSchema>;
export type CatalogEntry = z.infer<typeof catalogEntrySchema>;

/** An entry that describes a server, and whether that rests on how the server was reached or only on what it calls itself. */
export interface Recognised {
  readonly entry: CatalogEntry;
  readonly proven: boolean;
}

/** The entry for a server, preferring one recognised by package or host over one by its claimed name. */
export function recognise(server: ServerIdentity, entries: readonly CatalogEntry[]): Recognised | null {
  const host = server.url === undefined ? undefined : hostOf(server.url);
  const proven = entries.find(
    ({ recognise: { packages, hosts } }) =>
      (server.package !== undefined && packages.includes(server.package)) ||
      (host !== undefined && hosts.includes(host)),
  );
  if (proven !== undefined) return { entry: proven, proven: true };
  const { claimedName } = server;
  const claimed =
    claimedName === undefined ? undefined : entries.find(({ recognise: { names } }) => names.includes(claimedName));
  return claimed === undefined ? null : { entry: claimed, proven: false };
}

function hostOf(url: string): string | undefined {
  return /^https?:\/\/(?:[^/?#@]*@)?([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase();
}
