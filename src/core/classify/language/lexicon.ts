/** The word lists made ready for look-up: verbs in all their forms, objects by what acting on them means. */

import { CLASSES, type ToolClass } from '../../verdict.ts';
import { type ChangingForms, changingForms } from './changing-forms.ts';
import { inflectedVerb } from './inflection.ts';
import type { InflectedVerb, Verb } from './verb.ts';
import type { Words } from './words.ts';

/** A verb read together with its object; see `meanings` in the word lists. */
export interface Meaning {
  readonly objects: ReadonlySet<string> | null;
  readonly with: ReadonlySet<string> | null;
  readonly unless: ReadonlySet<string> | null;
  readonly before: string | null;
  /** What the preposition's own noun must be. */
  readonly target: ReadonlySet<string> | null;
  /** What the definition as a whole must be about. */
  readonly context: string | null;
  readonly class: ToolClass;
}

export interface Lexicon {
  /** The verbs in their base forms, in every language known. */
  readonly verbs: ReadonlyMap<string, Verb>;
  /** The verb a word is a form of. Participles are none: "deleted items" says nothing of deleting. */
  readonly inflected: (word: string) => InflectedVerb | undefined;
  /** Verbs of scripts without spaces, longest first: they are searched for inside the text. */
  readonly unspaced: readonly (readonly [string, Verb])[];
  readonly changing: ChangingForms;
  readonly nominals: ReadonlyMap<string, Verb>;
  readonly foreignNominals: ReadonlyMap<string, Verb>;
  readonly agents: ReadonlyMap<string, Verb>;
  readonly meanings: ReadonlyMap<string, readonly Meaning[]>;
  /** Words that say what a definition is about, by context. */
  readonly contexts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Verbs that are hardly ever anything else. */
  readonly plain: ReadonlySet<string>;
  readonly light: ReadonlySet<string>;
  readonly pairs: ReadonlySet<string>;
  readonly modifiers: ReadonlySet<string>;
  readonly determiners: ReadonlySet<string>;
  readonly prepositions: ReadonlySet<string>;
  readonly readingNouns: ReadonlySet<string>;
  /** What a verb may act on when the two are written as one word: "deletefile". */
  readonly acted: ReadonlySet<string>;
  /** Words behind the effects that do not decide the class. */
  readonly effects: Readonly<Record<keyof Words['effects'], ReadonlySet<string>>>;
  /** The first words of the phrases among the objects. */
  readonly phraseStarts: ReadonlySet<string>;
  readonly objects: (group: string) => ReadonlySet<string>;
  readonly parameters: (group: string) => ReadonlySet<string>;
  /** The keys of all groups of parameters. */
  readonly tellingParameters: ReadonlySet<string>;
  readonly httpMethods: ReadonlyMap<string, ToolClass>;
}

const EVERYTHING = ['all', 'everything', 'data', 'db', 'page'];

/** Han, Hiragana and Katakana. */
export const UNSPACED = /[\u3040-\u30FF\u3400-\u9FFF]/;

export function createLexicon(words: Words): Lexicon {
  const verbs = new Map<string, Verb>();
  for (const toolClass of CLASSES) {
    for (const surety of ['strong', 'lead', 'weak'] as const) {
      for (const lemma of words.verbs[toolClass][surety]) {
        if (verbs.has(lemma)) throw new Error(`The word lists have the verb "${lemma}" twice.`);
        verbs.set(lemma, { lemma, class: toolClass, surety });
      }
    }
  }
  const verbNamed = (lemma: string): Verb => {
    const verb = verbs.get(lemma);
    if (verb === undefined) throw new Error(`The word lists name "${lemma}" as a verb, but no list of verbs holds it.`);
    return verb;
  };
  const english = [...verbs.values()];
  const foreign = new Map(
    Object.entries(words.foreign).flatMap(([lemma, forms]) =>
      forms.map((form): [string, Verb] => [form, verbNamed(lemma)]),
    ),
  );
  for (const [form, verb] of foreign) if (!verbs.has(form)) verbs.set(form, verb);
  const groups = new Map(Object.entries(words.objects).map(([name, list]) => [name, new Set(list)]));
  const parameters = new Map(Object.entries(words.parameters).map(([name, list]) => [name, new Set(list)]));
  const group = (from: ReadonlyMap<string, ReadonlySet<string>>) => (name: string) => {
    const found = from.get(name);
    if (found === undefined) throw new Error(`The word lists have no group "${name}".`);
    return found;
  };
  const meanings = meaningsByVerb(words, groups, verbNamed);
  return {
    verbs,
    inflected: (word) => inflectedVerb(word, verbs),
    unspaced: [...foreign].filter(([word]) => UNSPACED.test(word)).sort(([a], [b]) => b.length - a.length),
    nominals: new Map(Object.entries(words.nominals).map(([noun, lemma]) => [noun, verbNamed(lemma)])),
    foreignNominals: new Map(
      Object.entries(words.foreign_nominals).flatMap(([lemma, nouns]) =>
        nouns.map((noun): [string, Verb] => [noun, verbNamed(lemma)]),
      ),
    ),
    agents: new Map(Object.entries(words.agents).map(([noun, lemma]) => [noun, verbNamed(lemma)])),
    meanings,
    changing: changingForms(english, meanings),
    contexts: new Map(Object.entries(words.contexts).map(([name, list]) => [name, new Set(list)])),
    plain: new Set(words.plain),
    light: new Set(words.light),
    pairs: new Set(words.pairs.map((pair) => pair.replace('_', ' '))),
    modifiers: new Set(words.modifiers),
    determiners: new Set(words.determiners),
    prepositions: new Set(words.prepositions),
    readingNouns: new Set(words.reading_nouns),
    acted: new Set([...Object.values(words.objects).flat(), ...(words.parameters.code ?? []), ...EVERYTHING]),
    effects: Object.fromEntries(
      Object.entries(words.effects).map(([name, list]) => [name, new Set(list)]),
    ) as unknown as Lexicon['effects'],
    phraseStarts: new Set(
      Object.values(words.objects).flatMap((list) =>
        list.filter((object) => object.includes('_')).map((object) => object.slice(0, object.indexOf('_'))),
      ),
    ),
    objects: group(groups),
    parameters: group(parameters),
    tellingParameters: new Set(Object.values(words.parameters).flat()),
    httpMethods: new Map(
      Object.entries(words.http_methods).flatMap(([toolClass, methods]) =>
        methods.map((method) => [method, toolClass as ToolClass] as const),
      ),
    ),
  };
}

/** A group stands for its words and for its phrases; anything that is no group is a word itself. */
function meaningsByVerb(
  words: Words,
  groups: ReadonlyMap<string, ReadonlySet<string>>,
  verbNamed: (lemma: string) => Verb,
): ReadonlyMap<string, readonly Meaning[]> {
  const byVerb = new Map<string, Meaning[]>();
  const setOf = (names: readonly string[] | undefined) =>
    names === undefined
      ? null
      : new Set(names.flatMap((name) => [...(groups.get(name) ?? [name]), ...(groups.get(`${name}_phrases`) ?? [])]));
  for (const {
    verbs,
    objects,
    with: accompanied,
    unless,
    before,
    target,
    context,
    class: toolClass,
  } of words.meanings) {
    const meaning: Meaning = {
      objects: setOf(objects),
      with: setOf(accompanied),
      unless: setOf(unless),
      before: before ?? null,
      target: setOf(target === undefined ? undefined : [target]),
      context: context ?? null,
      class: toolClass,
    };
    // A verb that is in no list would never be found.
    for (const verb of verbs) byVerb.set(verbNamed(verb).lemma, [...(byVerb.get(verb) ?? []), meaning]);
  }
  return byVerb;
}
