/** What was written behind the name of a command. */
export interface CommandLine<Flags> {
  readonly words: readonly string[];
  /** The words after `--`. */
  readonly afterDashes: readonly string[];
  readonly flags: Flags;
}
