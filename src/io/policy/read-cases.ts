import { jsonPointer, pathText } from '../../core/policy/json-pointer.ts';
import { type PolicyCase, parseCases } from '../../core/policy/policy-cases.ts';
import { locatedDocument } from '../documents/located-document.ts';
import { readTextFile } from '../files/bounded-text.ts';
import { casesInvalid } from './policy-input-errors.ts';

export interface LocatedCases {
  readonly cases: readonly PolicyCase[];
  /** The line of each. */
  readonly lines: readonly number[];
}

/** Cases in JSON or YAML. Throws UserError where they cannot be read, or are wrong anywhere. */
export async function readCases(path: string): Promise<LocatedCases> {
  const { value, placeOf, faults } = await locatedDocument(await readTextFile(path), path);
  if (faults.length > 0)
    throw casesInvalid(
      path,
      faults.map(
        ({ line, path: at, message }) => `line ${line}: ${at.length === 0 ? 'the file' : pathText(at)} ${message}`,
      ),
    );
  const parsed = parseCases(value);
  if ('cases' in parsed) return { cases: parsed.cases, lines: parsed.cases.map((_, at) => placeOf([at]).line) };
  throw casesInvalid(
    path,
    parsed.problems.map(
      ({ path: at, message }) =>
        `line ${placeOf(at).line}: ${jsonPointer(at) === '' ? 'the file' : pathText(at)} ${message}`,
    ),
  );
}
