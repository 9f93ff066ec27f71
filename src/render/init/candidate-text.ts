/** Servers as `init` offers them: what would be started, and where it is configured. */
import { type Candidate, lacks } from '../../core/init/candidate.ts';
import { printablePath } from '../../core/printable-path.ts';
import { printableTarget } from '../../core/server/printable-target.ts';
import { listed } from '../text/listed.ts';
import { printable } from '../text/printable.ts';

/** What is to be agreed to has to be seen whole. */
const MAX_COMMAND_CHARS = 4_000;

export interface CandidateNames {
  readonly home: string;
  /** Id of a client to its name. */
  readonly clients: ReadonlyMap<string, string>;
}

/** Of a list that nobody reads to its end. */
const MAX_LISTED = 6;

/** The command line or the address, without secrets. */
export function candidateTarget({ spec }: Candidate): string {
  return printable(printableTarget(spec), { maxChars: MAX_COMMAND_CHARS });
}

/** "memory  (Cursor, Claude Desktop)", with what stands in the way. */
export function candidateTitle(candidate: Candidate, { clients }: CandidateNames): string {
  const { name, server, isForeign, inProject, isReachedAnew } = candidate;
  const missing = lacks(candidate);
  const holders = [...new Set(server.holders.map(({ client }) => clients.get(client) ?? client))];
  const notes = [
    ...(inProject === null ? [] : [`in policylayer.yaml${isReachedAnew ? ', with another command or address' : ''}`]),
    ...(isForeign ? ['from this folder: look at it before you start it'] : []),
    ...(server.disabled ? ['switched off'] : []),
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
  ];
  const text = `${name}  (${listed(holders, { most: MAX_LISTED })})${notes.length === 0 ? '' : `  ${notes.join('; ')}`}`;
  return printable(text);
}

/** Where it is configured, and what is set for it. */
export function candidateDetail({ server, spec }: Candidate, { home }: CandidateNames): string {
  // Several clients read one file.
  const places = [...new Set(server.holders.map(({ file, line }) => `${printablePath(file, home)}:${line}`))];
  const names = Object.keys(spec.kind === 'stdio' ? spec.env : spec.headers);
  const given = names.length === 0 ? [] : [`${spec.kind === 'stdio' ? 'sets' : 'sends'} ${names.join(', ')}`];
  const folder = spec.kind === 'stdio' && spec.cwd !== undefined ? [`in ${printablePath(spec.cwd, home)}`] : [];
  return printable([listed(places, { most: MAX_LISTED, separator: '; ' }), ...given, ...folder].join('; '), {
    maxChars: 600,
  });
}

/** What would be done, for whoever asks without a terminal. */
export function planText(candidates: readonly Candidate[], chosen: ReadonlySet<string>, names: CandidateNames): string {
  return candidates
    .flatMap((candidate) => [
      `${chosen.has(candidate.name) ? 'would scan' : 'would skip'}  ${candidateTitle(candidate, names)}`,
      `            ${candidateTarget(candidate)}`,
      `            ${candidateDetail(candidate, names)}`,
    ])
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
