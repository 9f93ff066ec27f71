/** Arguments of a tool that its schema asks clients to repeat in `Mcp-Param-*` headers. */
import { isObject, type JsonObject } from '../../core/tool.ts';
import { decodeHeaderValue } from './header-value.ts';

export interface MirroredParameter {
  /** Lower case, as Node gives header names. */
  readonly header: string;
  readonly path: readonly string[];
}

const MAX_DEPTH = 20;

/** The parameters that a tool's schema declares, as far as `properties` lead. */
export function mirroredParameters(schema: unknown): MirroredParameter[] {
  const found: MirroredParameter[] = [];
  const visit = (node: unknown, path: readonly string[]): void => {
    if (!isObject(node) || path.length > MAX_DEPTH) return;
    const name = node['x-mcp-header'];
    if (path.length > 0 && typeof name === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      found.push({ header: `mcp-param-${name.toLowerCase()}`, path });
    if (isObject(node.properties))
      for (const [key, child] of Object.entries(node.properties)) visit(child, [...path, key]);
  };
  visit(schema, []);
  return found;
}

/** The first header that does not say what the arguments say; null where all do. */
export function mismatchedParameter(
  declared: readonly MirroredParameter[],
  args: unknown,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): string | null {
  const differs = ({ header, path }: MirroredParameter): boolean => {
    const value = path.reduce<unknown>(
      (node, key) => (isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined),
      args,
    );
    const sent = headers[header];
    if (value === undefined || value === null) return sent !== undefined;
    // What no header can say is left out of them.
    if (typeof value === 'object' || (Number.isInteger(value) && !Number.isSafeInteger(value))) return false;
    const said = typeof sent === 'string' ? decodeHeaderValue(sent) : null;
    if (said === null) return true;
    return typeof value === 'number' && /^-?\d+(?:\.\d+)?$/.test(said)
      ? Number(said) !== value
      : said !== String(value);
  };
  return declared.find(differs)?.header ?? null;
}

/** The headers a client owes for a call, for a server that is reached over HTTP. */
export function parameterValues(
  declared: readonly MirroredParameter[],
  args: JsonObject,
): [header: string, value: string][] {
  return declared.flatMap(({ header, path }): [string, string][] => {
    const value = path.reduce<unknown>(
      (node, key) => (isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined),
      args,
    );
    return value === undefined || value === null || typeof value === 'object' ? [] : [[header, String(value)]];
  });
}
