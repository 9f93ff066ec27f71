/** Actions that a parameter lets the caller choose from: `action: list | create | delete`. */
import type { ToolClass } from '../verdict.ts';
import { readingOf, type Scope } from './language/action.ts';
import { singular } from './language/inflection.ts';
import type { Lexicon } from './language/lexicon.ts';
import { barePhrase } from './language/object-phrase.ts';
import { splitName, type Word } from './language/split-words.ts';
import { type Parameter, pathOf } from './parameters.ts';

export interface Choice {
  readonly parameter: Parameter;
  readonly value: string;
  /** Where it stands: `inputSchema.properties.action.enum`, `inputSchema.properties.action.anyOf.0.const`. */
  readonly field: string;
  readonly class: ToolClass;
}

/** Deeper in a schema a "method" or "mode" is rarely the tool's own. */
const NESTED_ACTIONS = new Set(['action', 'operation', 'op', 'operations', 'actions']);
/** A parameter of such a name chooses what is done, whatever else can be chosen. */
const SURE_ACTIONS = new Set(['action', 'operation', 'op']);

/**
 * The values that name an action, of every parameter that chooses one. A list with fewer verbs than other words chooses
 * something else, but for what a sure verb of serious class says under a sure name.
 */
export function choicesOf(parameters: readonly Parameter[], ownWords: readonly Word[], scope: Scope): Choice[] {
  const names = scope.lexicon.parameters('action');
  const choices: Choice[] = [];
  for (const parameter of parameters) {
    const { key, values, proposed, isTop } = parameter;
    if (!names.has(key) || !(isTop || NESTED_ACTIONS.has(key)) || values.length + proposed.length === 0) continue;
    const path = pathOf(parameter);
    const offered = values.length > 0 ? values : proposed;
    const found = offered.flatMap(({ value, keyword }) => {
      const toolClass = methodClass(value, parameter, scope.lexicon) ?? classOfValue(value, ownWords, scope);
      return toolClass === null ? [] : [{ parameter, value, field: `${path}.${keyword}`, class: toolClass }];
    });
    if (found.length * 2 >= offered.length) choices.push(...found);
    else if (SURE_ACTIONS.has(key))
      choices.push(
        ...found.filter(({ value, class: toolClass }) => isSerious(toolClass) && startsSurely(value, scope)),
      );
  }
  return choices;
}

const isSerious = (toolClass: ToolClass): boolean => toolClass === 'Destructive' || toolClass === 'Financial';

function startsSurely(value: string, { lexicon }: Scope): boolean {
  return lexicon.verbs.get(splitName(value, lexicon.pairs)[0]?.text ?? '')?.surety === 'strong';
}

/** The class of one value, read with the tool's own object: `cancel` of `manage_order` is financial. */
function classOfValue(value: string, ownWords: readonly Word[], scope: Scope): ToolClass | null {
  const { lexicon } = scope;
  const words = splitName(value, lexicon.pairs);
  const at = words.findIndex(({ text }) => lexicon.verbs.has(text));
  const verb = lexicon.verbs.get(words[at]?.text ?? '');
  if (verb === undefined || (verb.surety !== 'strong' && at > 0)) return null;
  const behind = words.slice(at + 1);
  const object = (behind.length > 0 ? behind : ownWords).map(({ text }) => singular(text));
  return readingOf(verb, barePhrase(object), { atHead: true }, scope).class;
}

/** An HTTP method in capitals. Where the caller picks one of several, the request decides what happens, not the method. */
function methodClass(value: string, { values }: Parameter, lexicon: Lexicon): ToolClass | null {
  const method = value === value.toUpperCase() ? lexicon.httpMethods.get(value.toLowerCase()) : undefined;
  return method === 'Destructive' && values.length > 1 ? 'Execute' : (method ?? null);
}
