/** Reads `--header`, `--token-env` and `--env`. What is wrong is told by position, since a value may be a secret. */
import { environmentInvalid, environmentUnset, headerMalformed, tokenGivenTwice, tokenUnset } from './target-errors.ts';

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

/** The bearer token that a variable holds, as the header it is sent in. */
export function tokenHeader({ tokenEnv, header = [] }: TokenFlags, environment: NodeJS.ProcessEnv): Pairs {
  if (tokenEnv === undefined) return {};
  if (header.some((given) => /^authorization\s*:/i.test(given))) throw tokenGivenTwice();
  return { Authorization: `Bearer ${secretIn(tokenEnv, '--token-env', environment)}` };
}

/** What the variable named by `option` holds, without the line break that a file it was read from may end with. */
export function secretIn(name: string, option: string, environment: NodeJS.ProcessEnv): string {
  const secret = environment[name]?.trim();
  if (secret === undefined || secret === '') throw tokenUnset(name, option);
  return secret;
}

interface TokenFlags {
  readonly tokenEnv?: string;
  readonly header?: readonly string[];
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
