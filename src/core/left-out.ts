/** A server that was found and not scanned. */
export interface LeftOut {
  readonly name: string;
  /** Switched off by its user, or brought along by a project that somebody else may have written. */
  readonly why: 'disabled' | 'not-yours';
}
