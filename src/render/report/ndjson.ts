import type { Classification } from '../../core/classification.ts';
import type { Report } from '../../core/report.ts';
import type { RenderOptions } from './renderer.ts';

/** One verdict a line, in the servers' own order. */
export function renderNdjson(report: Report, { nameServers }: Pick<RenderOptions, 'nameServers'>): string {
  return report.servers
    .flatMap(({ name, tools }) => tools.map((tool) => (nameServers ? { server: name, ...tool } : tool)))
    .map(renderVerdict)
    .join('');
}

/** One verdict as a line of its own. */
export function renderVerdict(verdict: Classification): string {
  return `${JSON.stringify(verdict)}\n`;
}
