import type { Client } from '../../core/clients/client.ts';
import type { ConfigDocument } from '../../core/clients/config-document.ts';
import type { Machine } from '../../core/clients/machine.ts';
import { type ConfigRead, readConfig } from '../../core/clients/read-config.ts';
import { findConfigFiles, type PossibleFile } from './find-config-files.ts';
import { readConfigFile } from './read-config-file.ts';

/** One config file of a client, and what it holds. */
export interface ClientFile extends ConfigRead {
  readonly found: PossibleFile;
  readonly document: ConfigDocument;
  readonly text: string;
}

export interface ClientFiles {
  readonly files: readonly ClientFile[];
  /** Paths that are there and could not be read. */
  readonly unreadable: readonly { readonly path: string; readonly because: string }[];
}

/** The config files of one client that hold servers. */
export async function readClientFiles(client: Client, machine: Machine): Promise<ClientFiles> {
  const found = await findConfigFiles([client], machine);
  const reads = await Promise.all(
    found.map(async (file) => ({ file, read: await readConfigFile(file.path, file.boundary) })),
  );
  const files = reads.flatMap(({ file, read }) => {
    if (read.state !== 'read') return [];
    const { document, text } = read;
    return [{ found: file, document, text, ...readConfig(document, file) }];
  });
  return {
    files: files.filter(({ servers }) => servers.length > 0),
    unreadable: reads.flatMap(({ file, read }) =>
      read.state === 'unreadable' ? [{ path: file.path, because: read.because }] : [],
    ),
  };
}
