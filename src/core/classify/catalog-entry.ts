/** What is known of one product's server: how to recognise it, and verdicts that its text alone does not give. */
import { z } from 'zod';
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

export type CatalogEntry = z.infer<typeof catalogEntrySchema>;
