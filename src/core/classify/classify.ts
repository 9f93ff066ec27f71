/** The engine: the user's own verdict, else the catalog's, else the evidence weighed. */
import type { Classification } from '../classification.ts';
import type { Finding } from '../finding.ts';
import { recommendRule } from '../policy/recommend/recommend.ts';
import { threatFindings } from '../threats/threat-findings.ts';
import type { Tool } from '../tool.ts';
import { CLASS_TABLE, EFFECTS, type Effect, RISKS, riskOf } from '../verdict.ts';
import { annotationFindings } from './annotation-findings.ts';
import { judge, type Verdict } from './judge.ts';
import type { Knowledge, ServerIdentity } from './knowledge.ts';
import { prefixLengths } from './language/name-prefix.ts';
import { splitName } from './language/split-words.ts';
import type { WrittenVerdict } from './override.ts';
import { reasonFor } from './reason.ts';
import { type Recognised, recognise } from './recognise.ts';
import { lonelyToolView, toolView } from './tool-view.ts';

/** Below this a person has to look before the verdict is relied on. */
const REVIEW_BELOW = 0.5;

/** Verdicts on one server's tools, in their order, judged beside their siblings, and what was noticed about them. */
export function classifyTools(
  tools: readonly Tool[],
  server: ServerIdentity,
  knowledge: Knowledge,
): { classifications: Classification[]; findings: Finding[] } {
  const { lexicon } = knowledge;
  const known = recognise(server, knowledge.entries);
  const names = tools.map(({ name }) => splitName(name, lexicon.pairs));
  const prefixes = prefixLengths(names, lexicon.verbs);
  const classifications = tools.map((tool, at) =>
    decide(
      tool,
      judge(toolView(tool, lexicon, names[at] ?? [], prefixes[at] ?? 0)),
      known,
      overrideFor(tool.name, server, knowledge),
    ),
  );
  return {
    classifications,
    findings: [...threatFindings(classifications), ...annotationFindings(tools, classifications)],
  };
}

/** Verdicts one by one, for a stream in which no tool knows its siblings or its server. */
export function toolClassifier(knowledge: Pick<Knowledge, 'lexicon' | 'overrides'>): (tool: Tool) => Classification {
  return (tool) =>
    decide(
      tool,
      judge(lonelyToolView(tool, knowledge.lexicon)),
      null,
      overrideFor(tool.name, { name: '*' }, knowledge),
    );
}

function decide(
  tool: Tool,
  judged: Verdict,
  known: Recognised | null,
  override: WrittenVerdict | undefined,
): Classification {
  if (override !== undefined) return written(tool.name, override, judged, 'override');
  const entry =
    known !== null && Object.hasOwn(known.entry.tools, tool.name) ? known.entry.tools[tool.name] : undefined;
  if (entry !== undefined && known !== null && mayDecide(entry, judged, known))
    return written(tool.name, entry, judged, 'catalog');
  return {
    name: tool.name,
    category: CLASS_TABLE[judged.class].category,
    class: judged.class,
    effects: [...judged.effects],
    risk: judged.risk,
    confidence: judged.confidence,
    needsReview: judged.confidence < REVIEW_BELOW || judged.poisoned,
    source: 'rules',
    reason: reasonFor(judged),
    evidence: [...judged.evidence],
    ...recommendRule(tool.name, judged, judged),
  };
}

/**
 * A name is a claim: a hostile server could take a known one's to be judged as kindly. So where only the name fits,
 * the catalog may raise the risk and never lower it.
 */
function mayDecide(entry: WrittenVerdict, judged: Verdict, { proven }: Recognised): boolean {
  if (judged.poisoned) return false;
  return proven || RISKS.indexOf(riskOfWritten(entry)) >= RISKS.indexOf(judged.risk);
}

function written(
  name: string,
  verdict: WrittenVerdict,
  judged: Verdict,
  source: 'catalog' | 'override',
): Classification {
  const risk = riskOfWritten(verdict);
  const recommended = recommendRule(name, { class: verdict.class, risk }, { known: true, poisoned: false });
  return {
    name,
    category: CLASS_TABLE[verdict.class].category,
    class: verdict.class,
    effects: effectsOf(verdict),
    risk,
    confidence: 1,
    needsReview: false,
    source,
    reason: verdict.because,
    evidence: [...judged.evidence],
    ...(verdict.rule === undefined ? recommended : { rule: verdict.rule, hidden: false }),
  };
}

function effectsOf({ class: toolClass, effects = [] }: WrittenVerdict): Effect[] {
  const own = CLASS_TABLE[toolClass].effect;
  return EFFECTS.filter((effect) => effect === own || effects.includes(effect));
}

function riskOfWritten(verdict: WrittenVerdict) {
  return verdict.risk ?? riskOf(verdict.class, effectsOf(verdict));
}

function overrideFor(
  tool: string,
  server: ServerIdentity,
  { overrides }: Pick<Knowledge, 'overrides'>,
): WrittenVerdict | undefined {
  for (const name of [server.name, '*']) {
    const own = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
    if (own !== undefined && Object.hasOwn(own, tool)) return own[tool];
  }
  return undefined;
}
