import { LEFT_OUT_REASONS, type LeftOut, type LeftOutReason } from '../../core/listing/left-out.ts';
import type { Summary } from '../../core/report.ts';
import { CATEGORIES, RISKS } from '../../core/verdict.ts';
import { listed } from './listed.ts';
import { printable } from './printable.ts';

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

/** The last word on several servers: how many of them there are, and what those that were scanned offer. */
export function summaryLine(summary: Summary, leftOut?: readonly LeftOut[]): string {
  const isAnyScanned = summary.servers > summary.failed;
  return `${serverCounts(summary, leftOut)}${isAnyScanned ? `; ${toolCounts(summary)}` : ''}`;
}

/** "5 servers looked at: 3 scanned, 1 failed, 1 left out (jira: disabled)" */
export function serverCounts({ servers, failed }: Summary, leftOut: readonly LeftOut[] = []): string {
  const looked = plural(servers + leftOut.length, 'server');
  const out = leftOut.length === 0 ? '' : `, ${leftOut.length} left out (${leftOutWords(leftOut)})`;
  return `${looked} looked at: ${servers - failed} scanned, ${failed} failed${out}`;
}

const WHY: Readonly<Record<LeftOutReason, string>> = {
  disabled: 'disabled',
  'not-yours': 'came with this project, needs --yes',
  'not-named': 'came with this project, needs --servers',
  'values-missing': 'lacks values',
  'not-chosen': 'not chosen',
};

/** Names that a line gives for one reason. */
const MAX_NAMED = 10;

function leftOutWords(leftOut: readonly LeftOut[]): string {
  return LEFT_OUT_REASONS.map((why) => ({
    why,
    names: leftOut.filter((one) => one.why === why).map(({ name }) => printable(name, { maxChars: 60 })),
  }))
    .filter(({ names }) => names.length > 0)
    .map(({ why, names }) => `${listed(names, { most: MAX_NAMED })}: ${WHY[why]}`)
    .join('; ');
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
