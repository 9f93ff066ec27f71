import {
  type Earlier,
  type OfferedTool,
  reviewTools,
  type ToolReview,
  toolsGone,
} from '../core/policy/recommend/review.ts';
import type { Problem, ServerReport } from '../core/report.ts';
import { definitionDigests } from '../io/tools/definition-digest.ts';
import type { ToolSource } from '../io/tools/tool-source.ts';
import { type ScanOptions, scan } from './scan.ts';

/** A server beside what was decided about it earlier. */
export interface ReviewedServer {
  readonly report: ServerReport;
  readonly reviews: readonly ToolReview[];
  /** What its policy speaks of and it does not offer. */
  readonly gone: readonly string[];
}

/** A server whose tools are to be decided about. */
export interface ServerToReview {
  readonly source: ToolSource;
  readonly earlier: Earlier;
}

export interface ReviewedServers {
  /** In the order in which they were asked for, each with the one it came from. */
  readonly servers: readonly ReviewedServer[];
  readonly problems: readonly Problem[];
}

/** Lists and judges servers side by side, and puts each tool beside what was decided about it. */
export async function reviewServers(wanted: readonly ServerToReview[], options: ScanOptions): Promise<ReviewedServers> {
  const digests = new Map<string, ReadonlyMap<string, string>>();
  const sources = wanted.map(
    ({ source }): ToolSource => ({
      ...source,
      listTools: async (listOptions) => {
        const listing = await source.listTools(listOptions);
        digests.set(source.name, definitionDigests(listing.tools));
        return listing;
      },
    }),
  );
  const { servers, problems } = await scan(sources, options);
  const earlierOf = new Map(wanted.map(({ source, earlier }) => [source.name, earlier]));
  return {
    servers: servers.map((report) => {
      const earlier = earlierOf.get(report.name) ?? { policy: null, reviewed: null };
      const offered = report.tools.map(
        (verdict): OfferedTool => ({
          verdict,
          digest: digests.get(report.name)?.get(verdict.name) ?? null,
        }),
      );
      return { report, reviews: reviewTools(offered, earlier), gone: toolsGone(offered, earlier) };
    }),
    problems,
  };
}
