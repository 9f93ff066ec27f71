export interface WrapFlags {
  readonly all?: boolean;
  /** Nobody is asked. */
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly npx?: boolean;
}
