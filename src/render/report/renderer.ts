import type { LeftOut } from '../../core/listing/left-out.ts';
import type { Report } from '../../core/report.ts';

export interface RenderOptions {
  readonly color: boolean;
  /** Width to cut lines to; null to cut nothing. */
  readonly columns: number | null;
  /** What the person may do next, one line each. */
  readonly nextSteps: readonly string[];
  /** Whether a line that stands alone says which server its tool is from. */
  readonly nameServers: boolean;
  /** Where servers were scanned: those that were found and left out. The last line then counts all of them. */
  readonly leftOut?: readonly LeftOut[];
}

/** A report as text in one format, ending in a line break. */
export type Renderer = (report: Report, options: RenderOptions) => string;
