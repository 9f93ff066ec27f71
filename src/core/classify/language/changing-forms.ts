/** Every form of the verbs that change something whatever they act on, and a pattern that finds words that may be one. */
import type { ToolClass } from '../../verdict.ts';
import type { Verb, VerbForm } from './verb.ts';

export interface ChangingForm {
  readonly verb: Verb;
  /** Some words are two of them: "reset" is the base form and the participle. */
  readonly forms: readonly (VerbForm | 'participle')[];
}

export interface ChangingForms {
  readonly of: ReadonlyMap<string, ChangingForm>;
  /** Finds, in small letters, every word that may be one of them; most texts hold few. */
  readonly candidate: RegExp;
}

/** Others are said of more than what a call does: what "starts", "enables", "adds" or "operates" may be the result. */
const CHANGING = new Set(
  (
    'archive ban block broadcast cancel change create deactivate deploy disable edit email escalate execute forward ' +
    'grant inject install invite kill launch lock mark modify move notify overwrite persist post publish reboot rename reset ' +
    'restart rewrite rotate run save send share stop store submit suspend tweet update upload write'
  ).split(' '),
);

const IRREGULAR: Readonly<Record<string, string>> = {
  buy: 'bought',
  overwrite: 'overwritten',
  pay: 'paid',
  reset: 'reset',
  rewrite: 'rewritten',
  run: 'run',
  sell: 'sold',
  send: 'sent',
  withdraw: 'withdrawn',
  write: 'written',
};
/** Where all forms of a verb begin alike: "pays" and "paid", "tries" and "tried". */
const STEM_CHARS = 4;

export function changingForms(
  verbs: Iterable<Verb>,
  meanings: ReadonlyMap<string, readonly { readonly class: ToolClass }[]>,
): ChangingForms {
  const of = new Map<string, { verb: Verb; forms: ChangingForm['forms'] }>();
  const stems = new Set<string>();
  const learn = (text: string, verb: Verb, form: ChangingForm['forms'][number]) => {
    of.set(text, { verb, forms: [...(of.get(text)?.forms ?? []), form] });
    stems.add(text.slice(0, STEM_CHARS));
  };
  for (const verb of verbs) {
    const { lemma } = verb;
    const mayLose =
      isLoss(verb.class) || (verb.class !== 'Read' && meanings.get(lemma)?.some((meaning) => isLoss(meaning.class)));
    if ((!CHANGING.has(lemma) && !mayLose) || !/^[a-z]{3,}$/.test(lemma) || of.has(lemma)) continue;
    learn(lemma, verb, 'base');
    learn(thirdOf(lemma), verb, 'third');
    const stem = lemma.endsWith('e') ? lemma.slice(0, -1) : lemma;
    const doubled = /[aeiou][^aeiouwxy]$/.test(lemma) ? lemma + lemma.at(-1) : null;
    learn(`${stem}ing`, verb, 'gerund');
    learn(
      IRREGULAR[lemma] ?? (/[^aeiou]y$/.test(lemma) ? `${lemma.slice(0, -1)}ied` : `${stem}ed`),
      verb,
      'participle',
    );
    if (doubled === null) continue;
    learn(`${doubled}ing`, verb, 'gerund');
    learn(`${doubled}ed`, verb, 'participle');
  }
  return { of, candidate: new RegExp(`\\b(?:${[...stems].join('|')})[a-z]*`, 'g') };
}

export const isCertain = ({ lemma }: Verb): boolean => CHANGING.has(lemma);

export const isLoss = (toolClass: ToolClass): boolean => toolClass === 'Destructive' || toolClass === 'Financial';

function thirdOf(lemma: string): string {
  if (/[^aeiou]y$/.test(lemma)) return `${lemma.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(lemma) ? `${lemma}es` : `${lemma}s`;
}
