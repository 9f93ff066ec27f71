import { isIncomplete } from '../core/listing/incomplete-listing.ts';
import type { Report } from '../core/report.ts';
import { RISKS, type Risk, reaches } from '../core/verdict.ts';
import type { Interrupt } from './terminal.ts';

/** 0 yes; 1 no: the threshold is reached; 2 could not tell: usage, a server that could not be listed, a broken file. */
export type ExitCode = 0 | 1 | 2;

/** What a run saw, as far as the exit code goes. */
export interface Outcome {
  /** The highest risk of any tool; null where there was none. */
  readonly worst: Risk | null;
  /** Something was not seen. */
  readonly incomplete: boolean;
}

/** A threshold that is reached counts more than what was not seen: that could only make it worse. */
export function exitCode({ worst, incomplete }: Outcome, failOn: Risk | undefined): ExitCode {
  if (failOn !== undefined && worst !== null && reaches(worst, failOn)) return 1;
  return incomplete ? 2 : 0;
}

export function outcomeOf(report: Report): Outcome {
  const worst = RISKS.findLast((risk) => report.summary.risks[risk] > 0) ?? null;
  return { worst, incomplete: isIncomplete(report) };
}

/** As shells report a process that a signal ended. */
export const INTERRUPTED_EXIT_CODE: Readonly<Record<Interrupt, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Could not tell: what an error exits with. */
export const ERROR_EXIT_CODE = 2;
