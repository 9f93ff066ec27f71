/** The sentences of a verdict, made from its evidence. The only place where they are worded. */
import type { Evidence } from '../classification.ts';
import { CLASS_TABLE, type ToolClass } from '../verdict.ts';
import type { Verdict } from './judge.ts';

const MAX_QUOTE_CHARS = 80;

const DOES: Readonly<Record<ToolClass, string>> = {
  Financial: 'a call moves or commits money or assets',
  Destructive: 'a call removes something that nothing brings back',
  Execute: 'a call runs or drives something, and what happens depends on its arguments',
  Write: 'a call changes something that outlives it',
  Read: 'a call returns information and changes nothing',
  Other: 'a call serves the session itself',
};

const EFFECT_SENTENCE = {
  access: 'It changes who may do what.',
  send: 'What it is given leaves for others to see.',
  secrets: 'What it returns includes credentials.',
  untrusted: 'What it returns can be written by strangers.',
  private: 'What it returns belongs to the user or the organisation.',
} as const;

/** One or two sentences a reviewer would write, with exact quotes. */
export function reasonFor(verdict: Verdict): string {
  const hidden = verdict.evidence.find(({ says }) => says === 'hidden-instructions');
  if (hidden !== undefined)
    return 'The definition carries instructions that are meant for the model and kept from people, so it cannot be trusted whatever else it says.';
  if (!verdict.known)
    return 'Neither name, description nor parameters say what the tool does, so a person has to look first.';
  const speaking = heaviestOfTwoFields(verdict);
  const against = heaviestDoubt(verdict);
  const quotes = speaking.map(({ field, quote }) => `${whereOf(field)} "${shorten(quote)}"`).join(' and ');
  const first = capital(`${quotes}: ${DOES[verdict.class]}.`);
  return [first, against === undefined ? effectSentence(verdict) : doubt(against)].filter(Boolean).join(' ');
}

/** The heaviest quotes for the class, of up to two fields. */
function heaviestOfTwoFields({ weighed, class: toolClass }: Verdict): Evidence[] {
  const first = weighed.find(({ says }) => says === toolClass)?.piece;
  if (first === undefined) return [];
  const second = weighed.find(({ says, piece }) => says === toolClass && piece.field !== first.field)?.piece;
  return second === undefined ? [first] : [first, second];
}

/** Evidence of some weight for another category. */
function heaviestDoubt({ weighed, class: toolClass }: Verdict): Evidence | undefined {
  const { category } = CLASS_TABLE[toolClass];
  return weighed.find(({ says, weight }) => weight >= 1 && CLASS_TABLE[says].category !== category)?.piece;
}

function whereOf(field: string): string {
  if (field === 'name') return 'the name says';
  if (field === 'description') return 'the description says';
  if (field.endsWith('title')) return 'the title says';
  if (field.endsWith('.enum')) return 'the parameters offer';
  return field.startsWith('annotations') ? 'the server claims' : 'the parameters take';
}

function doubt({ field, quote }: Evidence): string {
  return capital(`${whereOf(field)} "${shorten(quote)}" as well, which weighs less.`);
}

function effectSentence({ effects, class: toolClass }: Verdict): string | null {
  for (const effect of ['secrets', 'access', 'send', 'untrusted', 'private'] as const) {
    if (effects.includes(effect) && (toolClass !== 'Read' || effect !== 'send')) return EFFECT_SENTENCE[effect];
  }
  return null;
}

function shorten(quote: string): string {
  const line = quote.includes('\n') || quote.includes('  ') ? quote.replace(/\s+/g, ' ') : quote;
  return line.length <= MAX_QUOTE_CHARS ? line : `${line.slice(0, MAX_QUOTE_CHARS - 1)}…`;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
