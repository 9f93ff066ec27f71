/** The machine as the search for servers sees it: a value, so that a test can be any machine. */
export interface Machine {
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Where the file system begins for what is not in a home: `/etc`, `/Library`, and the Windows drives that WSL mounts. */
  readonly root?: string;
}
