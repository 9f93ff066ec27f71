import type { ChalkInstance } from 'chalk';
import type { ServerReport } from '../../core/report.ts';
import { printable } from '../text/printable.ts';

type Named = Pick<ServerReport, 'name' | 'target' | 'transport' | 'protocol' | 'server'>;

/** Which server it is and how it was reached. What it calls itself is a claim, so it is said as one. */
export function serverHeading({ name, target, transport, protocol, server }: Named, chalk: ChalkInstance): string {
  const facts = [
    ...(target === name ? [] : [target]),
    transport,
    ...(protocol === null ? [] : [`MCP ${protocol}`]),
    ...(server === null || transport === 'file' ? [] : [`calls itself ${server.name} ${server.version}`.trimEnd()]),
  ];
  return `${chalk.bold(printable(name, { maxChars: 80 }))}  ${chalk.dim(facts.map((fact) => printable(fact)).join(', '))}`;
}
