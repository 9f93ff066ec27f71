/** A tool as the rules see it: words, sentences, actions and parameters, all bounded however large the definition is. */
import { isObject, type JsonObject, type Tool } from '../tool.ts';
import { CLASS_TABLE, severity, type ToolClass } from '../verdict.ts';
import { type Choice, choicesOf } from './choices.ts';
import type { Action, Scope } from './language/action.ts';
import { type DescriptionActions, descriptionActions } from './language/description-actions.ts';
import { type FurtherAction, furtherActions } from './language/further-actions.ts';
import { singular } from './language/inflection.ts';
import type { Lexicon } from './language/lexicon.ts';
import { type ListedAction, listedActions } from './language/listed-actions.ts';
import { agentAction, nameActions, trailingAction } from './language/name-actions.ts';
import { splitName, type Word } from './language/split-words.ts';
import { type Parameter, parametersOf } from './parameters.ts';

/** A word of the name, or two joined by `_`, also in the singular. */
export interface Subject extends Word {
  readonly singular: string;
}

export interface ToolView {
  readonly tool: Tool;
  readonly lexicon: Lexicon;
  readonly nameWords: readonly Word[];
  /** Where the name's own words begin, behind a prefix shared with its siblings. */
  readonly ownFrom: number;
  /** The own words of the name one by one and two by two, as what the tool may be about. */
  readonly subjects: readonly Subject[];
  readonly nameActions: readonly Action[];
  /** The actions of the title, which some clients show in place of the name. */
  readonly titleActions: readonly Action[];
  readonly descriptionActions: DescriptionActions;
  readonly listedActions: readonly ListedAction[];
  /** What else the text says is done, where name and opening say that nothing is changed. */
  readonly furtherActions: readonly FurtherAction[];
  readonly parameters: readonly Parameter[];
  readonly choices: readonly Choice[];
  /** The beginning of the description, as written. */
  readonly description: string;
}

/** How much of a description the rules read. Hidden instructions are searched for in all of it. */
const MAX_DESCRIPTION_CHARS = 4_000;

/** What a definition is about shows early. */
const MAX_CONTEXT_CHARS = 600;
const MAX_CONTEXT_PARAMETERS = 100;
const NO_PAIRS: ReadonlySet<string> = new Set();

/** `nameWords` and `ownFrom` come from `splitName` and `prefixLengths`, which see the siblings. */
export function toolView(tool: Tool, lexicon: Lexicon, nameWords: readonly Word[], ownFrom: number): ToolView {
  const description = (tool.description ?? '').slice(0, MAX_DESCRIPTION_CHARS);
  const parameters = parametersOf(tool.inputSchema, lexicon.tellingParameters);
  const scope: Scope = {
    lexicon,
    isAbout: (context) => speaksOf(context, lexicon, nameWords, description, tool.inputSchema),
  };
  const said = descriptionActions(description, scope);
  const choices = choicesOf(parameters, nameWords.slice(ownFrom), scope);
  const named = actionsOfName(nameWords, ownFrom, { said, choices }, scope);
  return {
    tool,
    lexicon,
    nameWords,
    ownFrom,
    subjects: subjectsOf(nameWords, ownFrom, lexicon),
    nameActions: named,
    furtherActions:
      changesSomething(named) || said.actions.some((action) => isChange(action) && action.place !== 'later')
        ? NO_FURTHER
        : furtherActions(tool.description ?? '', scope),
    titleActions: titleActions(tool, scope),
    descriptionActions: said,
    listedActions: listedActions(description, said, scope),
    parameters,
    choices,
    description,
  };
}

const NO_FURTHER: readonly FurtherAction[] = [];
const isChange = ({ class: toolClass }: { class: ToolClass }) => CLASS_TABLE[toolClass].category === 'Write';
const changesSomething = (actions: readonly Action[]) => actions.some(isChange);

/** The title a client shows: the tool's own, else that of its annotations. */
export function titleOf({ title, annotations }: Tool): string | undefined {
  return title ?? (typeof annotations?.title === 'string' ? annotations.title : undefined);
}

function titleActions(tool: Tool, scope: Scope): readonly Action[] {
  const title = titleOf(tool);
  return title === undefined ? NO_ACTIONS : nameActions(splitName(title, scope.lexicon.pairs), 0, scope);
}

const NO_ACTIONS: readonly Action[] = [];

interface Beside {
  readonly said: DescriptionActions;
  readonly choices: readonly Choice[];
}

/** `deploy-services-reader` reads of deploys, where all that a caller can choose reads; it deploys nothing. */
function actionsOfName(words: readonly Word[], from: number, { said, choices }: Beside, scope: Scope): Action[] {
  const agent = choices.length > 0 ? agentAction(words, from, scope) : null;
  if (agent !== null && isAllThereIs(choices) && choices.every((choice) => choice.class === agent.class))
    return [agent];
  const last = trailingAction(words, scope);
  if (last !== null && isWhatIsSaid(last, said)) return [last];
  return nameActions(words, from, scope).map((action) => inFull(action, said));
}

/** `trigger_create` creates a trigger where the description says just that, and triggers nothing. */
function isWhatIsSaid({ lemma, object }: Action, { actions: [head], isLate }: DescriptionActions): boolean {
  const first = object[0];
  return head !== undefined && !isLate && head.lemma === lemma && first !== undefined && head.object.includes(first);
}

/** Whether every value that can be chosen is known. */
function isAllThereIs(choices: readonly Choice[]): boolean {
  const parameters = new Set(choices.map(({ parameter }) => parameter));
  return [...parameters].reduce((count, { values }) => count + values.length, 0) === choices.length;
}

/**
 * A name cuts short what the description says with the same verb: `remove_droplets` is read as "remove droplets from a
 * load balancer" where the opening says so.
 */
function inFull(named: Action, { actions: [head], isLate }: DescriptionActions): Action {
  if (head === undefined || isLate || head.lemma !== named.lemma) return named;
  if (head.byTarget) return { ...named, class: head.class, strong: head.strong, byTarget: true };
  // `evaluate` says less than "evaluate a script" does; the text of a description may only raise what a name says.
  const isBare = named.object.length === 0 || named.place === 'trailing';
  const isWorse = isBare && severity(head.class) < severity(named.class);
  return isWorse ? { ...named, class: head.class, strong: head.strong } : named;
}

function subjectsOf(words: readonly Word[], from: number, { phraseStarts }: Lexicon): Subject[] {
  const subjects: Subject[] = [];
  for (let at = from; at < words.length; at++) {
    const word = words[at] as Word;
    const next = words[at + 1];
    const { text, start, end } = word;
    if (next !== undefined && phraseStarts.has(text))
      subjects.push({ text: `${text}_${next.text}`, singular: `${text}_${singular(next.text)}`, start, end: next.end });
    subjects.push({ text, singular: singular(text), start, end });
  }
  return subjects;
}

function speaksOf(
  context: string,
  { contexts }: Lexicon,
  nameWords: readonly Word[],
  description: string,
  inputSchema: JsonObject | undefined,
): boolean {
  const words = contexts.get(context);
  if (words === undefined) return false;
  return (
    nameWords.some(({ text }) => words.has(text)) ||
    description
      .slice(0, MAX_CONTEXT_CHARS)
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .some((word) => words.has(word)) ||
    Object.keys(isObject(inputSchema?.properties) ? inputSchema.properties : {})
      .slice(0, MAX_CONTEXT_PARAMETERS)
      .some((name) => splitName(name, NO_PAIRS).some(({ text }) => words.has(text)))
  );
}

/** The view of a tool that knows no siblings. */
export function lonelyToolView(tool: Tool, lexicon: Lexicon): ToolView {
  return toolView(tool, lexicon, splitName(tool.name, lexicon.pairs), 0);
}
