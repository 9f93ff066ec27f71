import { shellWord } from '../scan/next-steps.ts';

/** What may be done next, as command lines to copy; of the servers the first is the example. */
export function initSteps([server]: readonly string[]): string {
  const steps: readonly (readonly [why: string, what: string])[] = [
    ['to hold the policies against their servers', 'policylayer check'],
    ...(server === undefined ? [] : [['to see a server again', `policylayer scan ${shellWord(server)}`] as const]),
    ['to put your clients behind the policies', 'policylayer wrap'],
    ['to decide about what is new', 'policylayer init'],
  ];
  const width = Math.max(...steps.map(([why]) => why.length));
  return ['', 'Next', ...steps.map(([why, what]) => `  ${why.padEnd(width)}  ${what}`)].join('\n');
}
