import type { Action } from './action.ts';
import { type Lexicon, UNSPACED } from './lexicon.ts';
import type { Word } from './split-words.ts';
import type { Verb } from './verb.ts';

/** Chinese words that join a second action: "查询并删除". */
const JOINING = /(?:并且|并|和|或者|或|以及|及|、|后)$/;
/** What stands behind a verb that only says when: "作成時に", "删除前". */
const OCCASION = /^(?:之?前|時|时)/;
/** What stands before a verb that tells of a state: "已删除的文件". */
const STATE = /(?:已|未|待|可|被)$/;
const KANA = /[\u3040-\u30FF]/;
const MAX_CHARS = 120;

interface Found {
  readonly verb: Verb;
  readonly start: number;
  readonly end: number;
}

/**
 * The actions of a sentence in a script without spaces. Chinese opens with its verb and Japanese ends with it, so the
 * first or the last one found is the head; in Chinese a verb right behind "and" or "or" is joined to it.
 */
export function unspacedActions(words: readonly Word[], lexicon: Lexicon): Action[] {
  const run = words.find(({ text }) => UNSPACED.test(text));
  if (run === undefined) return [];
  const isJapanese = words.some(({ text }) => KANA.test(text));
  const texts = isJapanese ? [...words].reverse() : words;
  for (const word of texts) {
    const found = verbsIn(word, lexicon);
    const head = isJapanese ? found.at(-1) : found[0];
    if (head === undefined) continue;
    const joined = isJapanese
      ? []
      : found.slice(1).filter(({ start }) => JOINING.test(word.text.slice(0, start - word.start)));
    return [toAction(head, 'leading'), ...joined.map((each) => toAction(each, 'joined'))];
  }
  return [];
}

function verbsIn({ text, start }: Word, { unspaced }: Lexicon): Found[] {
  const found: Found[] = [];
  for (let at = 0; at < text.length && at < MAX_CHARS; at++) {
    const match = unspaced.find(([form]) => text.startsWith(form, at));
    if (match === undefined) continue;
    const [form, verb] = match;
    const end = at + form.length;
    if (!OCCASION.test(text.slice(end, end + 2)) && !STATE.test(text.slice(Math.max(0, at - 1), at)))
      found.push({ verb, start: start + at, end: start + end });
    at = end - 1;
  }
  return found;
}

function toAction({ verb, start, end }: Found, place: 'leading' | 'joined'): Action {
  return {
    lemma: verb.lemma,
    class: verb.class,
    strong: true,
    byTarget: false,
    place,
    object: [],
    target: null,
    start,
    end,
    phraseEnd: end,
  };
}
