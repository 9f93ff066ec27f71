/** A tool as the rules see it: words, sentences, actions and parameters, all bounded however large the definition is. */
import type { Tool } from '../tool.ts';
import type { Action } from './action.ts';
import { type Choice, choicesOf } from './choices.ts';
import { leadingSentences } from './description.ts';
import { descriptionActions, type SentenceAction } from './description-actions.ts';
import type { Lexicon } from './lexicon.ts';
import { type ListedAction, listedActions } from './listed-actions.ts';
import { nameActions } from './name-actions.ts';
import { type Parameter, parametersOf } from './parameters.ts';
import { splitName, type Word } from './split-words.ts';

export interface ToolView {
  readonly tool: Tool;
  readonly lexicon: Lexicon;
  readonly nameWords: readonly Word[];
  /** Where the name's own words begin, behind a prefix shared with its siblings. */
  readonly ownFrom: number;
  readonly nameActions: readonly Action[];
  readonly descriptionActions: readonly SentenceAction[];
  readonly listedActions: readonly ListedAction[];
  readonly parameters: readonly Parameter[];
  readonly choices: readonly Choice[];
  /** The beginning of the description, as written. */
  readonly description: string;
  readonly quoteName: (part: { readonly start: number; readonly end: number }) => string;
  readonly quoteDescription: (part: { readonly start: number; readonly end: number }) => string;
}

/** How much of a description the rules read. Hidden instructions are searched for in all of it. */
const MAX_DESCRIPTION_CHARS = 4_000;

/** `nameWords` and `ownFrom` come from `splitName` and `prefixLengths`, which see the siblings. */
export function toolView(tool: Tool, lexicon: Lexicon, nameWords: readonly Word[], ownFrom: number): ToolView {
  const description = (tool.description ?? '').slice(0, MAX_DESCRIPTION_CHARS);
  const parameters = parametersOf(tool.inputSchema);
  return {
    tool,
    lexicon,
    nameWords,
    ownFrom,
    nameActions: nameActions(nameWords, ownFrom, lexicon),
    descriptionActions: descriptionActions(leadingSentences(description), lexicon),
    listedActions: listedActions(description, lexicon),
    parameters,
    choices: choicesOf(parameters, nameWords.slice(ownFrom), lexicon),
    description,
    quoteName: ({ start, end }) => tool.name.slice(start, end),
    quoteDescription: ({ start, end }) => description.slice(start, end),
  };
}

/** The view of a tool that knows no siblings. */
export function lonelyToolView(tool: Tool, lexicon: Lexicon): ToolView {
  return toolView(tool, lexicon, splitName(tool.name, lexicon.pairs), 0);
}
