/** What is said of a tool of each class, in full sentences. The only place where they are worded. */
import type { Classification } from '../classification.ts';
import { CLASS_TABLE, riskOf, type ToolClass } from '../verdict.ts';
import { letsNothingThrough } from './beside-recommended.ts';
import { ofEffect } from './effect-sentences.ts';

const MEANS: Readonly<Record<ToolClass, string>> = {
  Financial: 'it moves money or assets, commits to it, or calls it off',
  Destructive: 'it removes or overwrites something for good',
  Execute: 'it runs or drives something, and what happens depends on its arguments',
  Write: 'it creates or changes something that outlives the call',
  Read: 'it returns information and changes nothing that outlives the call',
  Other: 'it serves the session itself and changes nothing that outlives it',
};

const WITHOUT_POLICY: Readonly<Record<ToolClass, string>> = {
  Financial: 'Without a policy one wrong call costs money, and it can seldom be taken back.',
  Destructive: 'Without a policy one wrong call is enough, and nothing brings back what it removed.',
  Execute: 'Without a policy, whoever steers the agent decides what it runs.',
  Write: 'Without a policy an agent may change things faster than anybody can review them.',
  Read: 'Without a policy an agent may call it as often as it likes.',
  Other: 'Without a policy an agent may call it in a loop.',
};

const ADVICE: Readonly<Record<ToolClass, string>> = {
  Financial: 'A person should decide on every call.',
  Destructive: 'Keep it away from agents unless a task needs it.',
  Execute: 'Limit it tightly, and say in conditions what its arguments may be.',
  Write: 'A limit on how often it may be called keeps an agent from changing much at once.',
  Read: 'Tools that only read are usually safe to allow.',
  Other: 'A limit on how often it may be called is enough.',
};

type Judged = Pick<
  Classification,
  'category' | 'class' | 'effects' | 'risk' | 'source' | 'evidence' | 'rule' | 'hidden'
>;

/** Neither rules nor a person said anything of it. */
function isUnknown({ source, evidence }: Pick<Judged, 'source' | 'evidence'>): boolean {
  return source === 'rules' && evidence.length === 0;
}

function hasHiddenInstructions({ evidence }: Pick<Judged, 'evidence'>): boolean {
  return evidence.some(({ says }) => says === 'hidden-instructions');
}

/** "It is a Write tool of the class Destructive on the server shop: it removes something for good." */
export function categoryWords(verdict: Judged, serverName: string): string {
  const means = isUnknown(verdict) ? 'nothing in its definition says what it does' : MEANS[verdict.class];
  const worst = isOneOfSeveral(verdict) || isSplit(verdict) ? 'at its worst ' : '';
  return `It is ${kindWords(verdict)} on the server ${serverName}: ${worst}${means}.`;
}

/** Only some values of a parameter make it what it is. */
function isOneOfSeveral({ class: toolClass, evidence }: Judged): boolean {
  const deciding = evidence.filter(({ says }) => says === toolClass);
  return (
    deciding.length > 0 &&
    deciding.every(({ field, rule }) => field.endsWith('.enum') || /^parameters\/\w+-action$/.test(rule))
  );
}

/** Its rule lets through what is harmless of it. */
function isSplit({ class: toolClass, source, rule, hidden }: Judged): boolean {
  const isCritical = CLASS_TABLE[toolClass].risk === 'critical';
  return isCritical && source === 'rules' && rule !== null && !hidden && !letsNothingThrough(rule);
}

/** Who decided, and how sure that is. */
export function decidedWords({ source, confidence, needsReview }: Classification): string {
  const who = {
    rules: `The rules decided, with a confidence of ${confidence}.`,
    catalog: 'The catalog decided, which knows this server.',
    override: 'Your own override decided.',
  }[source];
  return needsReview ? `${who} A person has to look before anybody relies on it.` : who;
}

export function withoutPolicyWords(verdict: Judged): string {
  if (hasHiddenInstructions(verdict))
    return 'Without a policy the agent reads the definition with its orders before anybody calls the tool.';
  return isUnknown(verdict)
    ? 'Without a policy an agent may call it before anybody knows what it does.'
    : (ofEffect(verdict)?.withoutPolicy ?? WITHOUT_POLICY[verdict.class]);
}

/** The risk, what raised it above that of its class, and what to do about it. */
export function riskWords(name: string, verdict: Judged): string {
  return `${name} is ${kindWords(verdict)} with ${verdict.risk} risk. ${raisedWords(verdict) ?? adviceWords(verdict)}`;
}

function adviceWords(verdict: Judged): string {
  if (isSplit(verdict)) return 'Its rule leaves the harmless part of it; keep the rest away from agents.';
  return ofEffect(verdict)?.advice ?? ADVICE[verdict.class];
}

function kindWords({ category, class: toolClass }: Judged): string {
  const kind = `${category === 'Other' ? 'an' : 'a'} ${category} tool`;
  return category === toolClass ? kind : `${kind} of the class ${toolClass}`;
}

function raisedWords(verdict: Judged): string | null {
  const { class: toolClass, effects, risk, source } = verdict;
  if (hasHiddenInstructions(verdict))
    return 'Its definition carries orders for the model, so it is critical whatever else it does.';
  if (isUnknown(verdict)) return 'Nothing says what it does, so a person has to look before an agent may call it.';
  if (risk === riskOf(toolClass, effects)) return null;
  return source === 'rules'
    ? null
    : `The risk is what ${source === 'override' ? 'your override' : 'the catalog'} says of it.`;
}
