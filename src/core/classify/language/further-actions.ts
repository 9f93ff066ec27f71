/** What later sentences say is done as well: "Lists the items. Then deletes all of them." */
import type { ToolClass } from '../../verdict.ts';
import { readingOf, type Scope } from './action.ts';
import { objectAfter } from './object-phrase.ts';
import type { Word } from './split-words.ts';

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
const OBJECT = /[^.!?;\n\r]{0,160}/y;
const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}'’-]*|[,/&|:()–—;]/gu;
const MAX_CHARS = 200_000;
const MAX_FOUND = 20;

export function furtherActions(description: string, scope: Scope): readonly FurtherAction[] {
  const found: FurtherAction[] = [];
  for (const match of description.slice(0, MAX_CHARS).matchAll(SENTENCE)) {
    const text = match[2] as string;
    const verb = scope.lexicon.inflected(text.toLowerCase());
    if (verb?.form !== 'third') continue;
    const start = match.index + match[0].lastIndexOf(text);
    const words = phrase(description, start);
    const { class: toolClass, strong } = readingOf(
      verb.verb,
      objectAfter(words, 0, scope.lexicon),
      { atHead: true },
      scope,
    );
    const isLoss = toolClass === 'Destructive' || toolClass === 'Financial';
    if (!strong || !(isLoss || (match[1] === undefined && CHANGING.has(verb.verb.lemma)))) continue;
    found.push({ class: toolClass, start, end: start + text.length });
    if (found.length === MAX_FOUND) break;
  }
  return found;
}

function phrase(text: string, start: number): Word[] {
  OBJECT.lastIndex = start;
  const part = OBJECT.exec(text)?.[0] ?? '';
  return [...part.matchAll(TOKEN)].map((match) => ({
    text: match[0].toLowerCase(),
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}
