/** What is dangerous already in a client's settings. A finding is a code with arguments; the sentences are made here, or in the catalog. */
import type { OwaspId } from '../explain/owasp.ts';
import type { FINDING_LEVELS } from '../finding.ts';
import type { Danger } from './client.ts';

export type FindingLevel = (typeof FINDING_LEVELS)[number];

export interface ConfigFinding {
  readonly level: FindingLevel;
  /** Permanent, kebab-case. */
  readonly code: string;
  readonly client: string;
  /** Absolute. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Where it is about one server: what it is known as, or, of one that could not be read, what the file calls it, which is hostile. */
  readonly server?: string;
  /** Holds no secret; may hold names that a stranger chose. */
  readonly message: string;
  readonly owasp: OwaspId | null;
}

/** What was noticed, before its place is known. */
export type Noticed = Pick<ConfigFinding, 'code' | 'level' | 'message' | 'owasp'>;

export const dangerousSetting = ({ code, level, owasp, at, says }: Danger): Noticed => ({
  ...{ code, level, owasp },
  message: `The setting "${at.at(-1)}" means that ${says}`,
});

export const secretInConfig = (what: string): Noticed => ({
  code: 'secret-in-config',
  level: 'warning',
  owasp: 'MCP01',
  message: `${what} is a secret in plain text (***): whoever reads the file, its backups or a repository it is in has it.`,
});

export const connectionUnencrypted = (host: string): Noticed => ({
  code: 'connection-unencrypted',
  level: 'warning',
  owasp: 'MCP01',
  message: `The address of ${host} is http://, so calls, results and tokens cross the network unencrypted.`,
});

export const packageNotPinned = (requested: string): Noticed => ({
  code: 'package-not-pinned',
  level: 'note',
  owasp: 'MCP04',
  message: `"${requested}" names no version: each start may run another one than the one you looked at.`,
});

export const entryNotUnderstood = (): Noticed => ({
  code: 'entry-not-understood',
  level: 'note',
  owasp: null,
  message: 'The entry names neither a command nor an address.',
});

export const entriesLeftOut = (kept: number): Noticed => ({
  code: 'entries-left-out',
  level: 'warning',
  owasp: null,
  message: `The file declares more than ${kept} servers; those after the first ${kept} were not looked at.`,
});

export const serverInNoPolicy = (): Noticed => ({
  code: 'server-in-no-policy',
  level: 'warning',
  owasp: 'MCP09',
  message: 'No policy of policylayer.yaml covers this server: an agent may call all of its tools.',
});

export const gatewayNotReady = (): Noticed => ({
  code: 'gateway-not-ready',
  level: 'error',
  owasp: null,
  message:
    'The entry runs the gateway, but the policylayer.yaml it names has no such server with a policy: it will not start.',
});

/** The same in a server that is switched off; nothing where it is then not worth a word. */
export function lessSerious(finding: ConfigFinding): ConfigFinding[] {
  if (finding.level === 'note') return [];
  return [{ ...finding, level: finding.level === 'error' ? 'warning' : 'note' }];
}
