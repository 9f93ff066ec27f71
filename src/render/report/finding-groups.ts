import type { Finding } from '../../core/finding.ts';
import { printable } from '../text/printable.ts';
import { toolName } from '../text/tool-name.ts';

/** Findings that say the same, with the tools they say it of. */
export interface FindingGroup {
  readonly level: Finding['level'];
  readonly code: string;
  readonly message: string;
  /** "read_file, write_file and 3 more"; empty where it is about the server. */
  readonly tools: string;
}

const LEVEL_ORDER: Readonly<Record<Finding['level'], number>> = { error: 0, warning: 1, note: 2 };
const MAX_GROUPS = 12;
const MAX_TOOLS = 3;
const MAX_MESSAGE_CHARS = 400;

/** A readable digest: the most serious first, and how many groups were left out of it. */
export function groupFindings(findings: readonly Finding[]): { groups: FindingGroup[]; leftOut: number } {
  const alike = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.level, finding.code, finding.message]);
    const group = alike.get(key);
    if (group === undefined) alike.set(key, [finding]);
    else group.push(finding);
  }
  const sorted = [...alike.values()].sort(([a], [b]) => orderOf(a) - orderOf(b));
  return { groups: sorted.slice(0, MAX_GROUPS).map(toGroup), leftOut: Math.max(0, sorted.length - MAX_GROUPS) };
}

const orderOf = (finding: Finding | undefined): number => (finding === undefined ? 0 : LEVEL_ORDER[finding.level]);

function toGroup(findings: readonly Finding[]): FindingGroup {
  const { level, code, message } = findings[0] as Finding;
  const tools = findings.flatMap(({ tool }) => (tool === null ? [] : [toolName(tool, { maxChars: 60 })]));
  const more = tools.length - MAX_TOOLS;
  const named = tools.slice(0, MAX_TOOLS).join(', ');
  return {
    level,
    code,
    message: printable(message, { maxChars: MAX_MESSAGE_CHARS }),
    tools: more > 0 ? `${named} and ${more} more` : named,
  };
}
