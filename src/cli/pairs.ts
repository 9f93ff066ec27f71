/** Reads `--header` and `--env`. What is wrong is told by position, since a value may be a secret. */
import { environmentInvalid, environmentUnset, headerMalformed } from './cli-errors.ts';

const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n]*)$/;
const VARIABLE = /^([^=\0]+)(?:=([^\0]*))?$/s;

type Pairs = Readonly<Record<string, string>>;

/** "Name: value" each; of two with one name the last holds. */
export function parseHeaders(headers: readonly string[]): Pairs {
  return Object.fromEntries(
    headers.map((header, at) => {
      const [, name, value] = HEADER.exec(header) ?? [];
      if (name === undefined || value === undefined) throw headerMalformed(at + 1);
      return [name, value.trim()];
    }),
  );
}

/** "NAME=VALUE", or "NAME" for what `environment` holds. */
export function parseEnvironment(variables: readonly string[], environment: NodeJS.ProcessEnv): Pairs {
  return Object.fromEntries(
    variables.map((variable, at) => {
      const [, name, given] = VARIABLE.exec(variable) ?? [];
      if (name === undefined) throw environmentInvalid(at + 1);
      const value = given ?? environment[name];
      if (value === undefined) throw environmentUnset(name);
      return [name, value];
    }),
  );
}
