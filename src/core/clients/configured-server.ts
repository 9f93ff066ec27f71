import type { HttpSpec, StdioSpec } from '../server/server-spec.ts';
import type { DocumentPath } from './config-document.ts';

export const CONFIG_SCOPES = ['user', 'project', 'system'] as const;
export type ConfigScope = (typeof CONFIG_SCOPES)[number];

export type ReachableSpec = StdioSpec | HttpSpec;

/** One server entry of one client's config file. */
export interface ConfiguredServer {
  /** As the file spells it: hostile. */
  readonly name: string;
  /** Variables are expanded where they have a value: it holds secrets. */
  readonly spec: ReachableSpec;
  /** The same as it is written, with the variables in place: what is printed, and what may be written elsewhere. */
  readonly written: ReachableSpec;
  /** Variables and inputs without a value, as written: `${input:token}`. */
  readonly unresolved: readonly string[];
  readonly disabled: boolean;
  /** The id of the client in the catalog. */
  readonly client: string;
  /** Absolute. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Where the entry stands in the file: keys from its top. */
  readonly at: DocumentPath;
  readonly scope: ConfigScope;
  /** Its file came with a folder: somebody else may have written it. What you keep in your own file for one folder did not. */
  readonly isBroughtAlong: boolean;
  /** The folder it is for, where it is not for all. */
  readonly project?: string;
  /** Where the entry runs our gateway: what it is told to reach. The specs are then those of the server behind it. */
  readonly behind?: { readonly config: string; readonly server: string };
}

/** One server, whoever holds it: the same command and arguments, or the same address. */
export interface KnownServer {
  /** Unique among all known servers, even where case is ignored, and safe as the name of a file. */
  readonly name: string;
  readonly spec: ReachableSpec;
  readonly written: ReachableSpec;
  readonly unresolved: readonly string[];
  /** By every client that holds it. */
  readonly disabled: boolean;
  readonly holders: readonly ConfiguredServer[];
}
