/** A server that was found and not scanned. */
export interface LeftOut {
  readonly name: string;
  readonly why: LeftOutReason;
}

/** What came with a project may have been written by somebody else: `scan --all` wants --yes for it, `init` its name. */
export const LEFT_OUT_REASONS = ['disabled', 'not-yours', 'not-named', 'values-missing', 'not-chosen'] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];
