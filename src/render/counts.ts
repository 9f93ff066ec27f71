import type { Summary } from '../core/report.ts';
import { CATEGORIES, RISKS } from '../core/verdict.ts';

/** "23 tools: 17 read, 4 write; 3 critical, 20 low; 2 need review" */
export function toolCounts({ tools, categories, risks, needsReview }: Summary): string {
  const groups = [
    CATEGORIES.map((category) => [categories[category], category.toLowerCase()] as const),
    RISKS.toReversed().map((risk) => [risks[risk], risk] as const),
    [[needsReview, needsReview === 1 ? 'needs review' : 'need review'] as const],
  ];
  const words = groups
    .map((group) => group.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`))
    .filter((group) => group.length > 0)
    .map((group) => group.join(', '));
  return tools === 0 ? 'no tools' : `${plural(tools, 'tool')}: ${words.join('; ')}`;
}

/** "3 servers, 1 of them could not be listed" */
export function serverCounts({ servers, failed }: Summary): string {
  return failed === 0
    ? plural(servers, 'server')
    : `${plural(servers, 'server')}, ${failed} of them could not be listed`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
