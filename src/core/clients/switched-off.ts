import { type ConfigDocument, membersOf, placesOf } from './config-document.ts';
import type { ConfiguredServer } from './configured-server.ts';
import type { FoundFile } from './read-config.ts';

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

/** The server, disabled where one of the lists names it. */
export function withSwitches(server: ConfiguredServer, lists: readonly SwitchedOff[]): ConfiguredServer {
  const isOff = lists.some(
    (off) =>
      off.client === server.client &&
      off.server === server.name &&
      server.file.replaceAll('\\', '/').endsWith(`/${off.in}`) &&
      (off.project === undefined || off.project === server.project),
  );
  return isOff ? { ...server, disabled: true } : server;
}
