/** Where else in a schema parameters and values may stand: unions, conditions, items, maps and references. */
import { isObject, type JsonObject } from '../tool.ts';

export const MAX_BRANCHES = 20;

const LISTS = ['oneOf', 'anyOf', 'allOf', 'prefixItems'] as const;
const SINGLES = ['items', 'then', 'else', 'additionalProperties'] as const;

type Branch = readonly [step: string, schema: JsonObject];

/** The schemas that a schema is made of besides its properties, each with the step that leads there. */
export function branchesOf(schema: JsonObject, root: JsonObject): readonly Branch[] {
  const found: Branch[] = [];
  for (const keyword of LISTS) {
    const branches = schema[keyword];
    if (!Array.isArray(branches)) continue;
    for (const [at, branch] of branches.slice(0, MAX_BRANCHES).entries())
      if (isObject(branch)) found.push([`${keyword}.${at}`, branch]);
  }
  for (const keyword of SINGLES) {
    const branch = schema[keyword];
    if (isObject(branch)) found.push([keyword, branch]);
  }
  const { patternProperties, dependentSchemas, $ref } = schema;
  if (isObject(patternProperties)) found.push(['patternProperties', { properties: namedByPattern(patternProperties) }]);
  if (isObject(dependentSchemas)) {
    for (const [name, branch] of Object.entries(dependentSchemas).slice(0, MAX_BRANCHES))
      if (isObject(branch)) found.push([`dependentSchemas.${name}`, branch]);
  }
  const target = referred($ref, root);
  if (target !== null) found.push(['$ref', target]);
  return found;
}

/** Whether there is anything to look for inside. */
export function isNested(schema: JsonObject): boolean {
  return schema.properties !== undefined || hasBranches(schema);
}

/** Whether there is anything inside besides properties. */
export function hasBranches(schema: JsonObject): boolean {
  for (const keyword in schema) if (BRANCHING.has(keyword) && typeof schema[keyword] !== 'boolean') return true;
  return false;
}
const BRANCHING = new Set([...LISTS, ...SINGLES, 'patternProperties', 'dependentSchemas', '$ref']);

/** A pattern of one word, `^action$`, is the name itself. */
function namedByPattern(patterns: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(patterns)
      .slice(0, MAX_BRANCHES)
      .map(([pattern, schema]) => [pattern.replace(/^\^|\$$/g, ''), schema]),
  );
}

/** What a `$ref` within the schema leads to: `#/$defs/Action`. */
export function referred($ref: unknown, root: JsonObject): JsonObject | null {
  if (typeof $ref !== 'string' || !$ref.startsWith('#') || $ref.length > MAX_REFERENCE_CHARS) return null;
  let at: unknown = root;
  for (const step of $ref.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isObject(at) || !Object.hasOwn(at, key)) return null;
    at = at[key];
  }
  return isObject(at) ? at : null;
}
const MAX_REFERENCE_CHARS = 500;
