import type { HttpSpec, StdioSpec } from '../server/server-spec.ts';
import { placeholder, valuesBetween } from './placeholder.ts';
import { environmentName } from './secret-names.ts';

/** A server as a client's configuration holds it, with its secrets. */
export interface HeldServer {
  readonly spec: StdioSpec | HttpSpec;
  /** The same as it is written, its variables in place. */
  readonly written?: StdioSpec | HttpSpec;
  /** Variables and inputs in it that had no value: `${input:token}`. */
  readonly unresolved: readonly string[];
}

/** `${env:X}`, `${X}`, `${X:-default}`, `{env:X}` and `$X`, as clients write them. */
const VARIABLE = /\$?\{(?:env:)?([A-Za-z_]\w*)(?::-[^}]*)?\}|\$([A-Z_]\w*)/g;

/** The server with a placeholder for each variable and input that its client would have put a value in for. */
export function openedSpec(server: string, { spec, written = spec, unresolved }: HeldServer): StdioSpec | HttpSpec {
  const close = withoutInputs(server, [...unresolved, ...(spec.kind === 'http' ? foreignPlaceholders(spec) : [])]);
  const open = (text: string, asWritten: string | undefined): string => {
    const template = close((asWritten ?? text).replace(VARIABLE, (_, braced, bare) => placeholder(braced ?? bare)));
    const isExpanded = asWritten !== undefined && asWritten !== text && valuesBetween(template, text) !== null;
    return isExpanded ? template : close(text);
  };
  const openAll = (texts: Readonly<Record<string, string>>, asWritten: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [
        key,
        open(text, Object.hasOwn(asWritten, key) ? asWritten[key] : undefined),
      ]),
    );
  if (spec.kind === 'http') {
    const { url, headers } = written.kind === 'http' ? written : spec;
    return { ...spec, url: open(spec.url, url), headers: openAll(spec.headers, headers) };
  }
  const { command, args } = written.kind === 'stdio' && written.args.length === spec.args.length ? written : spec;
  return { ...spec, command: open(spec.command, command), args: spec.args.map((arg, at) => open(arg, args[at])) };
}

/** A project file with them could not be read. */
function foreignPlaceholders({ url, headers }: HttpSpec): string[] {
  return [url, ...Object.values(headers)].flatMap((text) => text.match(/\$\{(?!env:)[^}]*\}/g) ?? []);
}

/** Writes variables and inputs of a client, which nothing else understands, as placeholders. */
function withoutInputs(server: string, unresolved: readonly string[]): (text: string) => string {
  const rewritten = unresolved.map((variable) => {
    const [, kind = '', name = ''] = /^\$?\{?(?:(\w+):(?!-))?([^:}]*)/.exec(variable) ?? [];
    const isVariable = kind !== 'input' && /^[A-Za-z_]\w*$/.test(name);
    return [variable, placeholder(isVariable ? name : environmentName(server, name))] as const;
  });
  return (text) => rewritten.reduce((known, [from, to]) => known.replaceAll(from, () => to), text);
}
