/** What later sentences say is done as well: "Lists the items. Then deletes all of them." */
import type { ToolClass } from '../../verdict.ts';
import { readingOf, type Scope } from './action.ts';
import type { Lexicon, Meaning } from './lexicon.ts';
import { objectAfter } from './object-phrase.ts';
import type { Word } from './split-words.ts';
import type { Verb } from './verb.ts';

export interface FurtherAction {
  readonly class: ToolClass;
  readonly start: number;
  readonly end: number;
}

/**
 * A sentence about the tool: a verb in the third person at its start, with no more before it than "it", "this tool",
 * "then" and the like. Every run of characters in it is bounded, so that it takes time linear in the text.
 */
const SENTENCE =
  /(?:^|[.!?;:]['")*]{0,2}[ \t]{1,3}|[\n\r][ \t]{0,8}|(, ))(?:(?:[Aa]nd|[Aa]lso|[Tt]hen|[Bb]ut|[Ff]inally|[Aa]dditionally|[Ff]urthermore|[Mm]oreover|[Aa]fterwards?|[Ll]ater|[Nn]ext|[Aa]fter that|[Aa]s a side[- ]effect|[Ii]n the process|[Bb]ehind the scenes|[Ii]nternally),? ){0,3}(?:(?:[Ii]t|[Tt]his|[Tt](?:his|he) (?:tool|call|endpoint|function|operation|method|command|action|server|api|API)) )?(?:(?:also|then|[A-Za-z]{2,14}ly|first) ){0,2}([A-Za-z][a-z]{2,15}s) (?!(?:are|is|were|was|ha[sd]|have|will|can|may|of|and|or) )/g;
/** Others are said of more than what a call does: what "starts", "runs", "enables" or "operates" may be the result. */
const CHANGING = new Set(
  'change create edit email execute forward grant install kill launch modify overwrite post publish reboot restart send submit update upload write'.split(
    ' ',
  ),
);
/** Any verb that `SENTENCE` could find; much cheaper to ask. */
const THIRD_PERSON = /\b[A-Za-z][a-z]{2,15}s(?= )/g;
const OBJECT = /[^.!?;\n\r]{0,160}/y;
const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}'’-]*|[,/&|:()–—;]/gu;
const MAX_CHARS = 200_000;
const MAX_FOUND = 20;

export function furtherActions(description: string, scope: Scope): readonly FurtherAction[] {
  const text = description.slice(0, MAX_CHARS);
  if (!text.match(THIRD_PERSON)?.some((word) => changingVerb(word, scope.lexicon) !== null)) return NONE;
  const found: FurtherAction[] = [];
  for (const match of text.matchAll(SENTENCE)) {
    const text = match[2] as string;
    const verb = changingVerb(text, scope.lexicon);
    if (verb === null) continue;
    const start = match.index + match[0].lastIndexOf(text);
    const words = phrase(description, start);
    const { class: toolClass, strong } = readingOf(verb, objectAfter(words, 0, scope.lexicon), { atHead: true }, scope);
    if (!strong || !(isLoss(toolClass) || (match[1] === undefined && CHANGING.has(verb.lemma)))) continue;
    found.push({ class: toolClass, start, end: start + text.length });
    if (found.length === MAX_FOUND) break;
  }
  return found;
}

const NONE: readonly FurtherAction[] = [];

/** The verb in the third person that a word is, where it can say that something is changed, whatever its object. */
function changingVerb(word: string, { inflected, meanings }: Lexicon): Verb | null {
  const found = inflected(word.toLowerCase());
  if (found?.form !== 'third') return null;
  const { verb } = found;
  const mayChange = CHANGING.has(verb.lemma) || isLoss(verb.class) || meanings.get(verb.lemma)?.some(meansLoss);
  return mayChange ? verb : null;
}

const isLoss = (toolClass: ToolClass): boolean => toolClass === 'Destructive' || toolClass === 'Financial';
const meansLoss = ({ class: toolClass }: Meaning): boolean => isLoss(toolClass);

function phrase(text: string, start: number): Word[] {
  OBJECT.lastIndex = start;
  const part = OBJECT.exec(text)?.[0] ?? '';
  return [...part.matchAll(TOKEN)].map((match) => ({
    text: match[0].toLowerCase(),
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}
