/** How to reach a server. Holds secrets (environment, headers): print `target`, never the spec. */
export type ServerSpec = StdioSpec | HttpSpec | FileSpec;

export interface StdioSpec {
  readonly kind: 'stdio';
  /** Short and readable: the package, or the program and its first file. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The registry package a launcher runs, where the target says so: `npm:NAME` or `pypi:NAME`. */
  readonly package?: string;
  readonly filledIn?: FilledIn;
}

export interface HttpSpec {
  readonly kind: 'http';
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly filledIn?: FilledIn;
}

export interface FileSpec {
  readonly kind: 'file';
  readonly name: string;
  readonly path: string;
}

/** What became of the placeholders of a spec that was made from a project file or a client's configuration. */
export interface FilledIn {
  /** How the server is shown: without the values that were put in. */
  readonly target: string;
  /** Never shown, whatever they look like. */
  readonly secrets: readonly string[];
  /** The names of the values that were put in: who starts the server is told. */
  readonly given: readonly string[];
  /** The names of those that are nowhere. A server that lacks one is not reached. */
  readonly missing: readonly string[];
}
