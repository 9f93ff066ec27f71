import { isObject } from '../../tool.ts';
import { type Parameter, pathOf } from '../parameters.ts';
import type { Hit } from '../rule.ts';

export const hitOn = (parameter: Parameter, weight: number): Hit => ({
  field: pathOf(parameter),
  quote: parameter.name,
  weight,
});

/** What a parameter is for shows early. */
const MAX_PARAMETER_TEXT = 300;

/** The beginning of the text that stands beside a parameter in its schema. */
export function parameterText(schema: unknown): string | undefined {
  return isObject(schema) && typeof schema.description === 'string'
    ? schema.description.slice(0, MAX_PARAMETER_TEXT)
    : undefined;
}
