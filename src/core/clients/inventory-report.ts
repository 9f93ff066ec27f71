/** What `policylayer clients --json` prints: the inventory without secrets, and with the home folder as `~`. */
import { z } from 'zod';
import { OWASP_IDS } from '../explain/owasp.ts';
import { FINDING_LEVELS } from '../finding.ts';
import { printablePath, withoutHome } from '../printable-path.ts';
import { printableTarget } from '../server/printable-target.ts';
import type { Client } from './client.ts';
import { CONFIG_SCOPES, type ConfiguredServer, type KnownServer } from './configured-server.ts';
import { hideFallbacks } from './expand-variables.ts';
import { type Inventory, PATH_STATES } from './inventory.ts';

const countSchema = z.number().int().nonnegative();
const pathSchema = z.string().describe('With the home folder as "~".');
const scopeSchema = z.enum(CONFIG_SCOPES).describe('Whom it is for: one user, one project, or all of the machine.');

const lookedAtSchema = z
  .strictObject({
    client: z.string().describe('The id of the client.'),
    clientName: z.string(),
    path: pathSchema,
    scope: scopeSchema,
    state: z.enum(PATH_STATES),
    servers: countSchema,
    because: z.string().nullable().describe('Why it could not be read.'),
  })
  .describe('One path that was looked at.');

const holderSchema = z
  .strictObject({
    client: z.string(),
    clientName: z.string(),
    name: z.string().describe('What the client calls the server.'),
    file: pathSchema,
    line: z.number().int().positive(),
    scope: scopeSchema,
    project: z.string().nullable().describe('The folder the entry is for, where it is not for all.'),
    disabled: z.boolean(),
    behindGateway: z.boolean().describe('The entry runs the policylayer gateway, which reaches the server.'),
  })
  .describe('One entry of one config file.');

const serverSchema = z
  .strictObject({
    name: z.string().describe('Unique in this report, and safe as the name of a file.'),
    transport: z.enum(['stdio', 'http']),
    target: z.string().describe('The command or address as it is written, without secrets.'),
    variables: z.array(z.string()).describe('The names of the environment variables or headers it is given.'),
    unresolved: z.array(z.string()).describe('Variables and inputs that have no value here.'),
    disabled: z.boolean().describe('In every client that holds it.'),
    holders: z.array(holderSchema),
  })
  .describe('One server, whoever holds it: the same command and arguments, or the same address.');

const configFindingSchema = z.strictObject({
  level: z.enum(FINDING_LEVELS),
  code: z.string().describe('Permanent, kebab-case.'),
  owasp: z.enum(OWASP_IDS).nullable().describe('The entry of the OWASP MCP Top 10.'),
  client: z.string(),
  file: pathSchema,
  line: z.number().int().positive(),
  server: z.string().nullable().describe('What the file calls the server it is about.'),
  message: z.string(),
});

export const inventoryReportSchema = z
  .strictObject({
    $schema: z.string().optional(),
    report: z.literal('policylayer-inventory/1'),
    generator: z.strictObject({ name: z.literal('policylayer'), version: z.string() }),
    paths: z.array(lookedAtSchema),
    servers: z.array(serverSchema),
    findings: z.array(configFindingSchema),
    summary: z.strictObject({
      paths: countSchema,
      configs: countSchema.describe('Files that are there and could be read.'),
      unreadable: countSchema,
      servers: countSchema,
      disabled: countSchema.describe('Servers that every client has switched off.'),
      findings: z.strictObject({ error: countSchema, warning: countSchema, note: countSchema }),
    }),
  })
  .describe('The MCP servers that the clients on a machine hold, and what is dangerous in their settings.');

export type InventoryReport = z.infer<typeof inventoryReportSchema>;

interface ReportContext {
  readonly version: string;
  readonly home: string;
  readonly clients: readonly Client[];
}

export function buildInventoryReport(inventory: Inventory, context: ReportContext): InventoryReport {
  const { paths, servers, findings } = inventory;
  const shown = (path: string): string => printablePath(path, context.home);
  const count = <T>(items: readonly T[], isCounted: (item: T) => boolean): number => items.filter(isCounted).length;
  return {
    report: 'policylayer-inventory/1',
    generator: { name: 'policylayer', version: context.version },
    paths: paths.map(({ because = null, ...looked }) => ({ ...looked, path: shown(looked.path), because })),
    servers: servers.map((server) => serverOf(server, context)),
    findings: findings.map(({ level, code, owasp, client, file, line, server = null, message }) => ({
      ...{ level, code, owasp, client, file: shown(file), line, server },
      message: withoutHome(message, context.home),
    })),
    summary: {
      paths: paths.length,
      configs: count(paths, ({ state }) => state === 'found' || state === 'empty'),
      unreadable: count(paths, ({ state }) => state === 'unreadable'),
      servers: servers.length,
      disabled: count(servers, ({ disabled }) => disabled),
      findings: {
        error: count(findings, ({ level }) => level === 'error'),
        warning: count(findings, ({ level }) => level === 'warning'),
        note: count(findings, ({ level }) => level === 'note'),
      },
    },
  };
}

function serverOf(server: KnownServer, context: ReportContext): InventoryReport['servers'][number] {
  const { name, written, unresolved, disabled, holders } = server;
  return {
    name,
    transport: written.kind,
    target: withoutHome(hideFallbacks(printableTarget(written)), context.home),
    variables: Object.keys(written.kind === 'http' ? written.headers : written.env),
    unresolved: unresolved.map((reference) => withoutHome(reference, context.home)),
    disabled,
    holders: holders.map((holder) => holderOf(holder, context)),
  };
}

function holderOf(
  { client, name, file, line, scope, project, disabled, behind }: ConfiguredServer,
  { home, clients }: ReportContext,
): InventoryReport['servers'][number]['holders'][number] {
  return {
    client,
    clientName: clients.find(({ id }) => id === client)?.title ?? client,
    name,
    file: printablePath(file, home),
    line,
    scope,
    project: project === undefined ? null : printablePath(project, home),
    disabled,
    behindGateway: behind !== undefined,
  };
}
