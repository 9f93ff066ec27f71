import { buildReport, problemOf } from '../core/build-report.ts';
import type { Knowledge } from '../core/classify/knowledge.ts';
import { judgeListing } from '../core/listing/judge-listing.ts';
import type { Problem, Report, ServerReport } from '../core/report.ts';
import { UserError } from '../core/user-error.ts';
import type { ListOptions, ToolSource } from '../io/tools/tool-source.ts';

export interface ScanOptions {
  readonly knowledge: Knowledge;
  /** The version of policylayer, for the report. */
  readonly version: string;
  /** Aborting it ends every listing; the scan then throws the signal's reason. */
  readonly signal: AbortSignal;
  /** Told what each server is doing; null when it is done. */
  readonly onProgress?: (server: string, doing: string | null) => void;
  /** Told of a server that could not be listed, before it is done. */
  readonly onFailure?: (server: string) => void;
  /** Who can sign in to a server that asks for it. */
  readonly person?: ListOptions['person'];
}

/**
 * Lists and judges all servers side by side. One that cannot be listed becomes a problem in the report, and the others
 * go on. Every listing has ended, with what it started, when this returns or throws.
 */
export async function scan(sources: readonly ToolSource[], options: ScanOptions): Promise<Report> {
  const bug = new AbortController();
  const signal = AbortSignal.any([options.signal, bug.signal]);
  const settled = await Promise.allSettled(
    sources.map(async (source) => {
      try {
        return await scanOne(source, { ...options, signal });
      } catch (error) {
        bug.abort(error);
        throw error;
      }
    }),
  );
  signal.throwIfAborted();
  const outcomes = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  return buildReport({
    version: options.version,
    servers: outcomes.flatMap((outcome) => ('tools' in outcome ? [outcome] : [])),
    problems: outcomes.flatMap((outcome) => ('code' in outcome ? [outcome] : [])),
  });
}

async function scanOne(source: ToolSource, options: ScanOptions): Promise<ServerReport | Problem> {
  const { knowledge, signal, onProgress, onFailure, person } = options;
  try {
    const listing = await source.listTools({
      signal,
      person,
      onProgress: (doing) => onProgress?.(source.name, doing),
    });
    return judgeListing(source, listing, knowledge);
  } catch (error) {
    onFailure?.(source.name);
    if (error instanceof UserError && !signal.aborted) return problemOf(source, error);
    throw error;
  } finally {
    onProgress?.(source.name, null);
  }
}
