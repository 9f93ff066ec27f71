/** What the catalog says of one MCP client: where its servers stand, how an entry is spelt, which settings are dangerous. */
import { z } from 'zod';
import { OWASP_IDS } from '../explain/owasp.ts';
import { FINDING_LEVELS } from '../finding.ts';
import { CONFIG_SCOPES } from './configured-server.ts';

const SYSTEMS = ['linux', 'mac', 'windows'] as const;
export type System = (typeof SYSTEMS)[number];

const listSchema = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).transform((one) => [one].flat());
const sourced = {
  source: z.url({ protocol: /^https$/ }).describe('The public page that says so.'),
  checked: z.iso.date().describe('When somebody last read that page.'),
};

/** Keys from the top of a file; `<server>` and `<project>` stand for any key, and are remembered. */
const keyPathSchema = z.array(z.string());

const configFileSchema = z.strictObject({
  scope: z.enum(CONFIG_SCOPES),
  path: z.union([
    listSchema.transform((paths) => ({ linux: paths, mac: paths, windows: paths })),
    z.strictObject({ linux: listSchema.optional(), mac: listSchema.optional(), windows: listSchema.optional() }),
  ]),
  upwards: z.boolean().default(false).describe('For a project: folders above it count too.'),
  servers: z
    .array(keyPathSchema)
    .default([])
    .describe('Where the servers are: a map by name, or a list. None: settings only.'),
  server: keyPathSchema
    .optional()
    .describe('Where the only server of a file is that tells of one; the "name" of the file is its name.'),
  folders: z
    .record(z.string().regex(/^\w+$/), z.enum(['.', '..']))
    .default({})
    .describe('Variables that stand for the folder of the file, or for the one above it.'),
  ...sourced,
});

const valuesByKey = z.record(z.string(), z.array(z.union([z.string(), z.boolean()])));

const wayToReachSchema = z
  .strictObject({
    where: valuesByKey.default({}).describe('The entry has one of these values in each of these keys.'),
    command: z.array(z.string()).min(1).optional(),
    url: z.string().optional(),
  })
  .refine(({ command, url }) => (command === undefined) !== (url === undefined), {
    error: 'expected one of "command" and "url"',
  });

const fieldsSchema = z.strictObject({
  command: listSchema.default(['command']),
  args: listSchema.default(['args']),
  env: listSchema.default(['env']),
  cwd: listSchema.default(['cwd']),
  url: listSchema.default(['url']),
  headers: listSchema.default(['headers']),
  environmentNames: listSchema.default([]).describe('A list of variables that are handed on.'),
  bearerVariable: listSchema.default([]).describe('The variable that holds the bearer token.'),
  headerVariables: listSchema.default([]).describe('Headers by the variable that holds their value.'),
  within: listSchema.default([]).describe('An object inside the entry that holds the rest of it.'),
  noServer: valuesByKey.default({}).describe('Values that make an entry something else than an MCP server.'),
  reachedBy: z
    .array(wayToReachSchema)
    .default([])
    .describe(
      'For an entry with neither command nor URL: the first that fits. `<server>` is its name, `<key>` what it has there.',
    ),
  startedTypes: z
    .record(z.string(), z.string())
    .default({})
    .describe('By the type of an entry with an address, that of one with a command, which is then a list of words.'),
  dollarNames: z.boolean().default(false).describe('Whether $NAME is a variable too, as it is everywhere in braces.'),
});

const dangerSchema = z
  .strictObject({
    code: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/),
    level: z.enum(FINDING_LEVELS),
    owasp: z.enum(OWASP_IDS),
    at: keyPathSchema.min(1),
    is: z
      .array(z.union([z.string(), z.boolean(), z.number()]))
      .optional()
      .describe('The setting has one of these values.'),
    holds: z.array(z.string()).optional().describe('The setting is a list, and one of these is in it.'),
    filled: z.literal(true).optional().describe('The setting is a list that is not empty.'),
    says: z.string().describe('Completes: this setting means that ...'),
    ...sourced,
  })
  .refine(({ is, holds, filled }) => [is, holds, filled].filter((test) => test !== undefined).length === 1, {
    error: 'expected one of "is", "holds" and "filled"',
  });

export const clientSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  title: z.string().min(1),
  fields: fieldsSchema.prefault({}),
  files: z.array(configFileSchema).min(1),
  /** Lists of names that switch servers off which another file of the client declares. */
  switchedOff: z.array(z.strictObject({ at: keyPathSchema.min(1), in: z.string(), ...sourced })).default([]),
  dangerous: z.array(dangerSchema).default([]),
});

export type Client = z.infer<typeof clientSchema>;
export type ConfigFile = Client['files'][number];
export type EntryFields = Client['fields'];
export type WayToReach = EntryFields['reachedBy'][number];
export type Danger = Client['dangerous'][number];
