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
  /** How it is shown, where it holds values that must not be. Made from the rest unless given. */
  readonly target?: string;
  /** Values in it that are never shown, whatever they look like. */
  readonly secrets?: readonly string[];
}

export interface HttpSpec {
  readonly kind: 'http';
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How it is shown, where it holds values that must not be. Made from the rest unless given. */
  readonly target?: string;
  /** Values in it that are never shown, whatever they look like. */
  readonly secrets?: readonly string[];
}

export interface FileSpec {
  readonly kind: 'file';
  readonly name: string;
  readonly path: string;
}
