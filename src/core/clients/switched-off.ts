import { type ConfigDocument, membersOf, placesOf } from './config-document.ts';
import { lessSerious } from './config-finding.ts';
import type { ConfiguredServer } from './configured-server.ts';
import type { ConfigRead, FoundFile } from './read-config.ts';

/** A server of a client that one of its files switches off by name, and the file that declares it. */
export interface SwitchedOff {
  readonly client: string;
  readonly server: string;
  /** How the path of the declaring file ends. */
  readonly in: string;
  /** The project it is switched off for; undefined for all. */
  readonly project: string | undefined;
}

export function switchedOffIn({ content }: ConfigDocument, { client, project }: FoundFile): SwitchedOff[] {
  return client.switchedOff.flatMap((list) =>
    placesOf(content, list.at).flatMap(({ value, names }) =>
      membersOf(value).flatMap((member) =>
        typeof member.value === 'string'
          ? [{ client: client.id, server: member.value, in: list.in, project: names.project ?? project }]
          : [],
      ),
    ),
  );
}

/** What was read, with the servers disabled that one of the lists names; what was noticed of them counts less then. */
export function withSwitches({ servers, findings }: ConfigRead, lists: readonly SwitchedOff[]): ConfigRead {
  const off = servers.filter((server) => !server.disabled && lists.some((list) => names(list, server)));
  return {
    servers: servers.map((server) => (off.includes(server) ? { ...server, disabled: true } : server)),
    findings: findings.flatMap((finding) => {
      const isOff = off.some(({ name, file }) => name === finding.server && file === finding.file);
      return isOff ? lessSerious(finding) : [finding];
    }),
  };
}

function names(off: SwitchedOff, { client, name, file, project }: ConfiguredServer): boolean {
  const isIn = file.replaceAll('\\', '/').endsWith(`/${off.in}`);
  return off.client === client && off.server === name && isIn && (off.project === undefined || off.project === project);
}
