import type { Classification } from '../classification.ts';
import { recommend } from '../policy/recommend/recommend.ts';
import type { ServerReport } from '../report.ts';
import type { Tool } from '../tool.ts';
import { attackOn } from './attack-on.ts';
import type { AttackPattern } from './attack-pattern.ts';
import { besideWords } from './beside-recommended.ts';
import { cutBelow } from './cut-below.ts';
import type { Explanation } from './explanation.ts';
import { fittingPatterns } from './fitting-patterns.ts';
import { passagesOf } from './passages.ts';
import { questionsOn } from './questions.ts';
import { relatedFirst } from './related-tools.ts';
import { recommendedWords } from './rule-sentences.ts';
import { categoryWords, decidedWords, withoutPolicyWords } from './sentences.ts';
import { shownName } from './shown-name.ts';

/** One tool beside its siblings, and what an explanation of it is made with. */
interface Explained {
  /** The version of policylayer. */
  readonly version: string;
  readonly server: ServerReport;
  readonly tool: Tool;
  /** The one of `server.tools` that is about the tool. */
  readonly verdict: Classification;
  readonly patterns: readonly AttackPattern[];
}

const MAX_RELATED = 20;

/** Everything about one tool, as data. */
export function explainTool({ version, server, tool, verdict, patterns }: Explained): Explanation {
  const { name, target, transport, protocol, server: claimed } = server;
  const related = relatedFirst(
    tool.name,
    server.tools.filter((other) => other.class === verdict.class && other.name !== tool.name).map(({ name }) => name),
  );
  // The rule against an attack narrows what is allowed; for a tool that waits for a person it would be an entry that allows it.
  const isDenied = verdict.rule === null && !verdict.hidden;
  return {
    explanation: 'policylayer/1',
    generator: { name: 'policylayer', version },
    server: { name, target, transport, protocol, server: claimed },
    definition: definitionOf(tool),
    verdict,
    does: categoryWords(verdict, shownName(name)),
    decided: decidedWords(verdict),
    withoutPolicy: withoutPolicyWords(verdict),
    passages: passagesOf(tool, verdict.evidence),
    findings: server.findings.filter((finding) => finding.tool === tool.name),
    recommended: { policy: recommend([verdict]), says: recommendedWords(shownName(tool.name), verdict) },
    attacks: isDenied ? [] : fittingPatterns(verdict, tool, patterns).map((fitting) => attackOn(verdict, fitting)),
    besideRecommended: besideWords(verdict),
    questions: questionsOn(tool, verdict, server),
    related: {
      class: verdict.class,
      tools: related.slice(0, MAX_RELATED),
      more: Math.max(0, related.length - MAX_RELATED),
    },
  };
}

/** Deeper than any schema that somebody wrote. */
const MAX_LEVELS = 200;

function definitionOf({ name, title, description, inputSchema, annotations }: Tool): Explanation['definition'] {
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(inputSchema !== undefined && { inputSchema: cutBelow(inputSchema, MAX_LEVELS) }),
    ...(annotations !== undefined && { annotations: cutBelow({ ...annotations }, MAX_LEVELS) }),
  };
}
