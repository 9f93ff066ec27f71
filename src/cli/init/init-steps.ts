import { shellWord } from '../next-steps.ts';
import type { PlannedFile } from './outcome.ts';

/** What may be done next, as command lines to copy. */
export function initSteps(files: readonly PlannedFile[], servers: readonly string[]): string {
  const policies = files.slice(0, -1).map(({ shownPath }) => shellWord(shownPath));
  const [server] = servers;
  const steps: readonly (readonly [why: string, what: string])[] = [
    ['to check the policies', `policylayer check ${policies.join(' ')}`],
    ...(server === undefined ? [] : [['to see a server again', `policylayer scan ${shellWord(server)}`] as const]),
    ['to decide about what is new', 'policylayer init'],
  ];
  const width = Math.max(...steps.map(([why]) => why.length));
  return ['', 'Next', ...steps.map(([why, what]) => `  ${why.padEnd(width)}  ${what}`)].join('\n');
}
