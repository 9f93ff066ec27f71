import { shellWord } from '../next-steps.ts';
import type { PlannedFile } from './outcome.ts';

/** What may be done next, as command lines to copy. */
export function initSteps(files: readonly PlannedFile[]): string {
  const policies = files.slice(0, -1).map(({ shownPath }) => shellWord(shownPath));
  const steps: readonly (readonly [why: string, what: string])[] = [
    ['to check the policies', `policylayer check ${policies.join(' ')}`],
    ['to decide about what is new', 'policylayer init'],
  ];
  const width = Math.max(...steps.map(([why]) => why.length));
  return ['', 'Next', ...steps.map(([why, what]) => `  ${why.padEnd(width)}  ${what}`)].join('\n');
}
