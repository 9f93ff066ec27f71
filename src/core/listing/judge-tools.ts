import type { Classification } from '../classification.ts';
import { classifyTools } from '../classify/classify.ts';
import type { Knowledge, ServerIdentity } from '../classify/knowledge.ts';
import type { Finding } from '../finding.ts';
import type { Tool } from '../tool.ts';
import { RISKS, severity } from '../verdict.ts';
import { parseTools } from './parse-tools.ts';

export interface Judged {
  readonly classifications: Classification[];
  readonly findings: Finding[];
}

/** Verdicts on raw `tools/list` entries, one a name, and what was noticed about them. */
export function judgeTools(raw: readonly unknown[], server: ServerIdentity, knowledge: Knowledge): Judged {
  const { tools, rivals, findings } = parseTools(raw);
  const judged = classifyTools(tools, server, knowledge);
  const rivalry = rivals.length === 0 ? null : judgeRivals(tools, rivals, server, knowledge);
  return {
    classifications: judged.classifications.map((verdict) =>
      (rivalry?.verdicts.get(verdict.name) ?? []).reduce(settled, verdict),
    ),
    findings: [...findings, ...judged.findings, ...(rivalry?.findings ?? [])],
  };
}

/** Later tools of a name, judged in the place of the first and beside the same siblings. */
function judgeRivals(tools: readonly Tool[], rivals: readonly Tool[], server: ServerIdentity, knowledge: Knowledge) {
  const names = new Set(rivals.map(({ name }) => name));
  const siblings = tools.filter(({ name }) => !names.has(name));
  const { classifications, findings } = classifyTools([...rivals, ...siblings], server, knowledge);
  const verdicts = new Map<string, Classification[]>();
  for (const verdict of classifications.slice(0, rivals.length)) {
    const others = verdicts.get(verdict.name);
    if (others === undefined) verdicts.set(verdict.name, [verdict]);
    else others.push(verdict);
  }
  return { verdicts, findings: findings.filter(({ tool }) => tool !== null && names.has(tool)) };
}

/**
 * What holds for a name with two verdicts: where they differ the worse, and no rule, since a call could reach either.
 * A harmless tool offered first must not carry a dangerous one of the same name past the policy.
 */
function settled(one: Classification, other: Classification): Classification {
  const order = RISKS.indexOf(one.risk) - RISKS.indexOf(other.risk) || severity(other.class) - severity(one.class);
  const alike = order === 0 && (one.rule === null) === (other.rule === null) && one.hidden === other.hidden;
  if (alike) return one;
  return {
    ...(order < 0 ? other : one),
    needsReview: true,
    rule: null,
    hidden: one.hidden || other.hidden,
  };
}
