/** The sentences of a verdict: what was found and where, and what the rule that found it says of it. */
import type { Evidence } from '../classification.ts';
import { CLASS_TABLE, type Effect } from '../verdict.ts';
import type { Verdict } from './judge.ts';
import { classRules, effectRules } from './rules/index.ts';

const MAX_QUOTE_CHARS = 80;
const MAX_VALUES = 5;

const MEANING: ReadonlyMap<string, string> = new Map(classRules.map(({ id, because }) => [id, because]));
const CONSEQUENCE: ReadonlyMap<string, string> = new Map(effectRules.map(({ id, because }) => [id, because]));

/** One or two sentences a reviewer would write, with exact quotes. */
export function reasonFor(verdict: Verdict): string {
  const hidden = verdict.evidence.find(({ says }) => says === 'hidden-instructions');
  if (hidden !== undefined)
    return 'The definition carries instructions that are meant for the model and kept from people, so it cannot be trusted whatever else it says.';
  if (!verdict.known)
    return 'Neither name, description nor parameters say what the tool does, so a person has to look first.';
  const quoted = heaviestOfTwoFields(verdict);
  const [first, second] = quoted;
  if (first === undefined) return '';
  const said = second === undefined ? saying(first) : sayingBoth(first, second);
  const [telling, next] = tellingEffects(verdict);
  const isSame = telling !== undefined && isQuoted(verdict, telling, quoted);
  const meaning = isSame ? uncapital(CONSEQUENCE.get(telling.rule) ?? '') : meaningOf(first);
  const sentence = capital(`${said}: ${meaning}.`);
  const more = otherValues(verdict) ?? doubt(verdict, quoted) ?? consequence(verdict, isSame ? next : telling);
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

/** A handle is made, and yet nothing but reading comes of it. */
function meaningOf({ rule, says, quote }: Evidence): string {
  if (says === 'Read' && /^(?:create|start)/i.test(quote))
    return 'what that makes only serves to read, and nothing is changed';
  return MEANING.get(rule) ?? '';
}

function saying(piece: Evidence): string {
  return `${sourceOf(piece)} "${shorten(piece.quote)}"`;
}

/** What says more comes first, and what only repeats it is not quoted. */
function sayingBoth(first: Evidence, second: Evidence): string {
  const [longer, shorter] = first.quote.length > second.quote.length ? [first, second] : [second, first];
  const [name, other] = shorter.field === 'name' ? [shorter, longer] : [longer, shorter];
  const both = `${saying(longer)} and ${saying(shorter)}`;
  if (name.field !== 'name' || (other.field !== 'description' && !isTitle(other))) return both;
  if (name.quote.toLowerCase() === other.quote.toLowerCase())
    return `name and ${isTitle(other) ? 'title' : 'description'} say "${shorten(name.quote)}"`;
  const verb = /^\p{Lu}?[\p{Ll}\p{Lo}]+/u.exec(name.quote)?.[0] ?? name.quote;
  return other.quote.toLowerCase().startsWith(verb.toLowerCase()) ? `${saying(other)}, and the name agrees` : both;
}

const isTitle = ({ field }: Evidence): boolean => field.endsWith('title');

function sourceOf({ field, rule }: Evidence): string {
  if (field === 'name') return 'the name says';
  if (field === 'description') return 'the description says';
  if (field.endsWith('title')) return 'the title says';
  if (isChoice(rule)) return 'the caller may choose';
  if (field.endsWith('.description')) return 'a parameter is described as';
  return field.startsWith('annotations') ? `${field.slice('annotations.'.length)} is` : 'it takes';
}

const isChoice = (rule: string): boolean => /^parameters\/\w+-action$/.test(rule);

/** Where some values of one parameter are all there is to fear. */
function otherValues({ split }: Verdict): string | null {
  if (split === null) return null;
  const values = split.harmless.slice(0, MAX_VALUES).map((value) => `"${shorten(value)}"`);
  const more = split.harmless.length - values.length;
  return `With ${listed(more > 0 ? [...values, `${more} more`] : values)} it does no such thing.`;
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

/**
 * Evidence of some weight for another category, or no lighter than what decided. The verbs of a field that is quoted already,
 * and the values of a parameter, are no doubt but other things that the tool does.
 */
function doubt({ weighed, class: toolClass }: Verdict, quoted: readonly Evidence[]): string | null {
  const { category } = CLASS_TABLE[toolClass];
  const heaviest = weighed.find(({ says }) => says === toolClass)?.weight ?? 0;
  const against = weighed.find(
    ({ says, weight, piece: { field, rule, quote } }) =>
      (CLASS_TABLE[says].category === category ? says !== toolClass && weight >= heaviest : weight >= 1) &&
      !isChoice(rule) &&
      rule !== 'name/reading-noun' &&
      !quoted.some((piece) => piece.quote === quote || (piece.field === field && /-(?:verb|action)$/.test(rule))),
  );
  if (against === undefined) return null;
  const why = against.weight < heaviest ? 'but that weighs less' : 'but the worse of the two counts';
  return capital(`${saying(against.piece)} as well, ${why}.`);
}

/** What shows the effects that say most of the danger, the most telling first: for a change the access that it raises its risk by. */
function tellingEffects({ class: toolClass, effects, evidence }: Verdict): Evidence[] {
  const inOrder = TELLING_EFFECTS[CLASS_TABLE[toolClass].category === 'Read' ? 'reading' : 'changing'];
  return inOrder.flatMap((effect) => {
    const piece = effects.includes(effect) ? evidence.find(({ says }) => says === effect) : undefined;
    return piece === undefined ? [] : [piece];
  });
}
const TELLING_EFFECTS: Readonly<Record<'reading' | 'changing', readonly Effect[]>> = {
  reading: ['secrets', 'send'],
  changing: ['access', 'secrets', 'send'],
};

/** Whether the words that show the effect are those that are quoted for the class, so that one sentence can say both. */
function isQuoted({ class: toolClass, evidence }: Verdict, { says }: Evidence, quoted: readonly Evidence[]): boolean {
  if (CLASS_TABLE[toolClass].effect !== null) return false;
  return evidence.some(
    (piece) =>
      piece.says === says &&
      quoted.some(
        ({ field, quote }) => field === piece.field && (quote.includes(piece.quote) || piece.quote.startsWith(quote)),
      ),
  );
}

/** What follows for whoever lets an agent call it. The most telling effect comes first. */
function consequence({ effects, evidence }: Verdict, telling: Evidence | undefined): string | null {
  if (telling !== undefined) return `${CONSEQUENCE.get(telling.rule)} ("${shorten(telling.quote)}").`;
  const [foreign, own] = (['untrusted', 'private'] as const).map((effect) =>
    effects.includes(effect) ? CONSEQUENCE.get(evidence.find(({ says }) => says === effect)?.rule ?? '') : undefined,
  );
  if (foreign !== undefined && own !== undefined) return `${own}, and strangers may have written parts of it.`;
  const only = own ?? foreign;
  return only === undefined ? null : `${only}.`;
}

function shorten(quote: string): string {
  const line = quote.includes('\n') || quote.includes('  ') ? quote.replace(/\s+/g, ' ') : quote;
  return line.length <= MAX_QUOTE_CHARS ? line : `${line.slice(0, MAX_QUOTE_CHARS - 1)}…`;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function uncapital(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
