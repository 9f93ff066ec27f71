import { launchedPackage, packageId } from './launcher.ts';
import type { StdioSpec } from './server-spec.ts';

/** A command as a server, with the registry package that it runs where its words say so. */
export function stdioSpec({ command, args, ...rest }: Omit<StdioSpec, 'kind' | 'package'>): StdioSpec {
  const launched = launchedPackage(command, args);
  const id = launched === null ? null : packageId(launched);
  return { kind: 'stdio', command, args, ...rest, ...(id !== null && { package: id }) };
}
