/** Whether a verb somewhere in a text says what the call does, by the words around it in its sentence. */
import type { ChangingForm } from './changing-forms.ts';
import type { Lexicon } from './lexicon.ts';

export interface Surroundings {
  /** The words and marks of its sentence before it, nearest last. */
  readonly before: readonly string[];
  /** Those behind it, nearest first. */
  readonly after: readonly string[];
  /** Whether the sentence is the first of its text. */
  readonly opens: boolean;
}

/** How sure it is that a verb is one there: `bound` to the tool or a clause of its own, or `joined` to what the tool does. */
export type Bond = 'bound' | 'joined';

type Form = ChangingForm['forms'][number];

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const LINKING = set('also then first afterwards afterward later subsequently even next always');
/** What stands behind one of these tells of things, not of the call: "the jobs that a cleaner archives and deletes". */
const SUBORDINATE = set(
  'that which who whom whose where when whenever if how what whether until unless because why like e.g example says',
);
const NEGATIONS = set(
  "not never without no cannot can't doesn't don't won't isn't nor neither avoid avoids instead rather than",
);
const JOINING = set('and but plus & , ( — –');
const ADDING = set('also additionally');
const MODALS = set('will can may would must');
const TOOLS = set('tool call endpoint function operation method command action server api request');
const DETERMINED = set(
  'the a an its their his her it them him all any each every everything everybody everyone this these those your our ' +
    'old older existing expired stale unused whatever both another some one',
);
/** Words that are surely verbs in the third person, which no list of things holds. */
const NO_NOUNS = set(
  'delete remove erase destroy revoke overwrite modify notify disable execute send pay uninstall terminate publish deactivate',
);
const GETTING = set('returns gets fetches reads retrieves lists shows finds');
/** How a sentence goes on that says what becomes of things by this call: "are deleted afterwards". */
const BY_THE_CALL =
  /^(?: (?:from|on) (?:the|their|its) \w+)? ?(?:afterwards?|after that|in the process|as a (?:side[- ]effect|result|consequence)|by (?:this|the) (?:tool|call)|as well|too|upon (?:reading|retrieval|access))\b/;
/** The rest of a sentence that says when, or which, and so tells of the things themselves. */
const OCCASION = set('after when if by from in within once unless until during on as or than to for');
const NEAR = 5;

/** The words that any bond has right before the verb: most verbs stand behind another, and cost no more than this look. */
const BEFORE_BONDS = new Set([
  ...JOINING,
  ...LINKING,
  ...MODALS,
  ...TOOLS,
  ...set('it this as to with besides thereby while by before after are is be get'),
]);

/** Whether a verb that begins at `start` may be bound at all, by the word before it alone. */
export function mayBeBound(text: string, start: number): boolean {
  if (start < 2 || text.charAt(start - 1) !== ' ') return true;
  const last = text.charCodeAt(start - 2);
  if (last < SMALL_A || last > SMALL_Z) return true;
  const word = text.slice(text.lastIndexOf(' ', start - 2) + 1, start - 1);
  return BEFORE_BONDS.has(word) || word.endsWith('ly') || !IS_WORD.test(word);
}
const SMALL_A = 97;
const SMALL_Z = 122;
const IS_WORD = /^[a-z]+$/;

/** How a form of a verb is bound to what the call does, or null where it may tell of anything. */
export function bondOf(
  form: Form,
  lemma: string,
  { before, after, opens }: Surroundings,
  lexicon: Lexicon,
): Bond | null {
  let { length } = before;
  let isLinked = false;
  for (; length > 0 && isPassedOver(before[length - 1] as string); length--)
    isLinked ||= LINKING.has(before[length - 1] as string);
  const left = length === before.length ? before : before.slice(0, length);
  if (isNegated(before)) return null;
  if (form === 'third') return thirdBond(left, after, { lemma, isLinked });
  if (form === 'base') return baseBond(left, after, { first: before[0] ?? '', isLinked, opens }, lexicon);
  if (form === 'gerund') return gerundBond(left, after, isLinked);
  return passiveBond(left, after) ? 'bound' : null;
}

export const isDetermined = (after: readonly string[]): boolean => DETERMINED.has(after[0] ?? '');

const isPassedOver = (word: string): boolean => LINKING.has(word) || (word.length > 4 && word.endsWith('ly'));

/** "Not only lists but also deletes" denies nothing. */
function isNegated(words: readonly string[]): boolean {
  for (let at = Math.max(0, words.length - NEAR); at < words.length; at++)
    if (NEGATIONS.has(words[at] as string) && words[at + 1] !== 'only') return true;
  return false;
}

function thirdBond(
  left: readonly string[],
  after: readonly string[],
  { lemma, isLinked }: { readonly lemma: string; readonly isLinked: boolean },
): Bond | null {
  const before = left.at(-1);
  if (before === undefined || endsInTool(left)) return 'bound';
  if (!JOINING.has(before)) return null;
  if (left.some((word) => SUBORDINATE.has(word))) return null;
  return isLinked || isDetermined(after) || NO_NOUNS.has(lemma) ? 'joined' : null;
}

function baseBond(
  left: readonly string[],
  after: readonly string[],
  { first, isLinked, opens }: { readonly first: string; readonly isLinked: boolean; readonly opens: boolean },
  { inflected }: Lexicon,
): Bond | null {
  const before = left.at(-1) ?? '';
  if (MODALS.has(before)) {
    const subject = left.slice(0, -1);
    return (subject.length === 0 && isLinked) || endsInTool(subject) ? 'bound' : null;
  }
  // "Also delete the old ones" is said of the call; "then delete them" may as well be advice.
  if (before === '' && isLinked && isDetermined(after)) return ADDING.has(first) ? 'bound' : null;
  if (!opens || !isDetermined(after) || !JOINING.has(before) || (before === ',' && !isLinked)) return null;
  const head = inflected(left.find((word) => !isPassedOver(word)) ?? '');
  if (head?.form !== 'base' || head.verb.class !== 'Read' || head.verb.surety !== 'strong') return null;
  return left.some((word) => word === 'to' || SUBORDINATE.has(word)) ? null : 'joined';
}

/** "As well as deleting the old ones", "while also sending it", ", deleting all of them". */
function gerundBond(left: readonly string[], after: readonly string[], isLinked: boolean): Bond | null {
  if (!isDetermined(after) || left.some((word) => SUBORDINATE.has(word))) return null;
  const [third, second, first] = left.slice(-3).reverse();
  if (second !== undefined && BESIDES.has(`${second} ${third}`)) return 'joined';
  if (first !== undefined && `${first} ${second} ${third}` === 'as well as') return 'joined';
  if (third === 'besides' || third === 'plus' || third === 'thereby' || (third === 'while' && isLinked))
    return 'joined';
  if (third === 'after') return left[0] === 'returns' ? 'joined' : null;
  if (left.some((word) => word.length > 5 && word.endsWith('ing'))) return null;
  if (third === 'before') return GETTING.has(left[0] ?? '') && !left.includes('to') ? 'joined' : null;
  return third === ',' || third === 'while' ? 'joined' : null;
}
const BESIDES: ReadonlySet<string> = new Set(['addition to', 'along with', 'together with']);

/** "After which the old ones are deleted", "they are removed afterwards", "and their files are wiped". */
function passiveBond(left: readonly string[], after: readonly string[]): boolean {
  const auxiliary = left.at(-1) ?? '';
  if (auxiliary !== 'are' && auxiliary !== 'is' && auxiliary !== 'be' && auxiliary !== 'get') return false;
  if (left.join(' ').includes('after which')) return true;
  if (left.some((word) => SUBORDINATE.has(word))) return false;
  if (left.includes('effect') || left.includes('side-effect') || BY_THE_CALL.test(` ${after.join(' ')}`)) return true;
  const joint = left.findLastIndex((word) => word === 'and' || word === 'but' || word === ';');
  return joint > 0 && DETERMINED.has(left[joint + 1] ?? '') && !after.some((word) => OCCASION.has(word));
}

/** "It", "this tool", "after which it", where that opens a clause. */
function endsInTool(left: readonly string[]): boolean {
  const last = left.at(-1) ?? '';
  const before = left.at(-2);
  if (last === 'it' || last === 'this') {
    if (before === 'calling' || before === 'running' || before === 'using') return opensClause(left.slice(0, -2));
    return opensClause(left.slice(0, -1));
  }
  return TOOLS.has(last) && (before === 'this' || before === 'the') && opensClause(left.slice(0, -2));
}

function opensClause(left: readonly string[]): boolean {
  const last = left.at(-1);
  if (last === undefined || JOINING.has(last) || isPassedOver(last)) return true;
  return last === 'which' && left.at(-2) === 'after';
}
