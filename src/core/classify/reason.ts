/** The sentences of a verdict: what was found and where, and what the rule that found it says of it. */
import type { Evidence } from '../classification.ts';
import { CLASS_TABLE, type Effect } from '../verdict.ts';
import type { Verdict } from './judge.ts';
import { classRules, effectRules } from './rules/index.ts';

const MAX_QUOTE_CHARS = 80;

const MEANING: ReadonlyMap<string, string> = new Map(classRules.map(({ id, because }) => [id, because]));
const CONSEQUENCE: ReadonlyMap<Effect, string> = new Map(effectRules.map(({ says, because }) => [says, because]));

/** One or two sentences a reviewer would write, with exact quotes. */
export function reasonFor(verdict: Verdict): string {
  const hidden = verdict.evidence.find(({ says }) => says === 'hidden-instructions');
  if (hidden !== undefined)
    return 'The definition carries instructions that are meant for the model and kept from people, so it cannot be trusted whatever else it says.';
  if (!verdict.known)
    return 'Neither name, description nor parameters say what the tool does, so a person has to look first.';
  const [first, second] = heaviestOfTwoFields(verdict);
  if (first === undefined) return '';
  const sentence = capital(
    `${second === undefined ? saying(first) : sayingBoth(first, second)}: ${MEANING.get(first.rule)}.`,
  );
  const against = heaviestDoubt(verdict);
  const more = against === undefined ? consequence(verdict, [first, second]) : doubt(against);
  return more === null ? sentence : `${sentence} ${more}`;
}

/** The heaviest quote for the class, and the next of another field that means the same. */
function heaviestOfTwoFields({ weighed, class: toolClass }: Verdict): Evidence[] {
  const first = weighed.find(({ says }) => says === toolClass)?.piece;
  if (first === undefined) return [];
  const meaning = MEANING.get(first.rule);
  const second = weighed.find(
    ({ says, piece: { field, rule } }) => says === toolClass && field !== first.field && MEANING.get(rule) === meaning,
  )?.piece;
  return second === undefined ? [first] : [first, second];
}

/** Evidence of some weight for another category. */
function heaviestDoubt({ weighed, class: toolClass }: Verdict): Evidence | undefined {
  const { category } = CLASS_TABLE[toolClass];
  return weighed.find(({ says, weight }) => weight >= 1 && CLASS_TABLE[says].category !== category)?.piece;
}

function saying(piece: Evidence): string {
  return `${sourceOf(piece)} "${shorten(piece.quote)}"`;
}

/** What says more comes first, and what only repeats it is not quoted. */
function sayingBoth(first: Evidence, second: Evidence): string {
  const [longer, shorter] = first.quote.length >= second.quote.length ? [first, second] : [second, first];
  const opening = longer.quote.slice(0, shorter.quote.length);
  return shorter.field === 'name' && opening.toLowerCase() === shorter.quote.toLowerCase()
    ? `${saying(longer)}, and the name agrees`
    : `${saying(longer)} and ${saying(shorter)}`;
}

function sourceOf({ field, rule }: Evidence): string {
  if (field === 'name') return 'the name says';
  if (field === 'description') return 'the description says';
  if (field.endsWith('title')) return 'the title says';
  if (isChoice(rule)) return 'the caller may choose';
  if (field.endsWith('.description')) return 'a parameter is described as';
  return field.startsWith('annotations') ? `${field.slice('annotations.'.length)} is` : 'it takes';
}

const isChoice = (rule: string): boolean => /^parameters\/\w+-action$/.test(rule);

function doubt(against: Evidence): string {
  return capital(`${saying(against)} as well, but that weighs less.`);
}

/** What follows for whoever lets an agent call it. The most telling effect comes first. */
function consequence({ effects, evidence }: Verdict, quoted: readonly (Evidence | undefined)[]): string | null {
  for (const effect of ['secrets', 'access', 'send'] as const) {
    if (!effects.includes(effect)) continue;
    const quote = evidence.find(({ says }) => says === effect)?.quote ?? '';
    const isNew = !quoted.some((piece) => piece?.quote.includes(quote));
    return isNew ? `${CONSEQUENCE.get(effect)} ("${shorten(quote)}").` : `${CONSEQUENCE.get(effect)}.`;
  }
  const [foreign, own] = [effects.includes('untrusted'), effects.includes('private')];
  if (foreign && own) return `${CONSEQUENCE.get('private')}, and strangers may have written parts of it.`;
  return foreign || own ? `${CONSEQUENCE.get(foreign ? 'untrusted' : 'private')}.` : null;
}

function shorten(quote: string): string {
  const line = quote.includes('\n') || quote.includes('  ') ? quote.replace(/\s+/g, ' ') : quote;
  return line.length <= MAX_QUOTE_CHARS ? line : `${line.slice(0, MAX_QUOTE_CHARS - 1)}…`;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
