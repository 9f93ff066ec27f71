import type { Readable } from 'node:stream';
import { locateJsonError } from '../../core/json/locate-json-error.ts';
import { isObject, type JsonObject } from '../../core/tool.ts';
import { readText, readTextFile } from '../files/bounded-text.ts';
import { argumentsInvalid } from './policy-input-errors.ts';

/** The arguments of a call: JSON itself, `@FILE`, or `-` for what is piped in. Throws UserError where they are no object. */
export async function readCallArguments(given: string, stdin: () => Readable): Promise<JsonObject> {
  const text =
    given === '-'
      ? await readText(stdin(), 'stdin')
      : given.startsWith('@')
        ? await readTextFile(given.slice(1))
        : given;
  const fault = locateJsonError(text);
  if (fault !== null)
    throw argumentsInvalid(
      `It is not JSON: line ${fault.line}, column ${fault.column}: expected ${fault.expected}, found ${fault.found}.`,
    );
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw argumentsInvalid('They are not an object.');
  return value;
}
