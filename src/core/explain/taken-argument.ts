import { keyOf } from '../classify/parameters.ts';
import { isObject, type JsonObject, type Tool } from '../tool.ts';
import type { AttackPattern } from './attack-pattern.ts';

/**
 * The steps to the first argument a pattern names that the tool takes, however the tool spells it: at the top of its
 * schema, or in the one object that all arguments are wrapped in. Undefined where it takes none, or means something else by it.
 */
export function takenArgument(
  inputSchema: Tool['inputSchema'],
  { needs: { argument = [], unless = [] }, stop }: Pick<AttackPattern, 'needs' | 'stop'>,
): readonly string[] | undefined {
  const { steps, properties } = argumentsOf(inputSchema);
  const looksInside = !onlyAsksWhetherGiven(stop.rule);
  const taken = new Map<string, string>();
  const words = new Set(unless);
  for (const [name, property] of Object.entries(properties)) {
    if (words.has(keyOf(name))) return undefined;
    if (!isObject(property) || taken.has(keyOf(name)) || speaksOf(property, words)) continue;
    if (looksInside && (property.type === 'array' || property.type === 'object')) continue;
    taken.set(keyOf(name), name);
  }
  const found = argument.find((name) => taken.has(name));
  return found === undefined ? undefined : [...steps, taken.get(found) ?? found];
}

function argumentsOf(inputSchema: Tool['inputSchema']): { steps: readonly string[]; properties: JsonObject } {
  const properties = isObject(inputSchema?.properties) ? inputSchema.properties : {};
  const [wrapper, ...others] = Object.entries(properties);
  if (wrapper === undefined || others.length > 0) return { steps: [], properties };
  const [name, schema] = wrapper;
  return isObject(schema) && isObject(schema.properties)
    ? { steps: [name], properties: schema.properties }
    : { steps: [], properties };
}

const MAX_DESCRIPTION_CHARS = 500;

function speaksOf({ description }: JsonObject, words: ReadonlySet<string>): boolean {
  if (words.size === 0 || typeof description !== 'string') return false;
  return description
    .slice(0, MAX_DESCRIPTION_CHARS)
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => words.has(word));
}

/** Other conditions compare one value; they do not look into lists and objects. */
function onlyAsksWhetherGiven(rule: AttackPattern['stop']['rule']): boolean {
  const guards = [...(rule?.require ?? []), ...(rule?.deny_if ?? []), ...(rule?.require_approval ?? [])];
  const sums = rule?.limits?.some(({ increment_from }) => increment_from !== undefined) ?? false;
  return !sums && guards.every(({ conditions }) => conditions.every(({ op }) => op === 'exists'));
}
