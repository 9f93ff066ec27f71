/** The command line that a wrapped entry runs, written and read back. */
import { commandWords } from '../clients/command-words.ts';
import type { ReachableSpec } from '../clients/configured-server.ts';
import { launchedPackage, packageId, programName } from '../server/launcher.ts';

/** A server of a project file that is reached through the gateway. It needs no secret on the command line. */
export interface GatewayTarget {
  /** The project file. */
  readonly config: string;
  /** As that file calls it. */
  readonly server: string;
}

/** `program` is how policylayer is started on this machine. */
export function gatewayCommand(program: readonly string[], { config, server }: GatewayTarget): string[] {
  return [...program, 'gateway', '--config', config, '--server', server];
}

/** The server behind an entry that runs our gateway for one of a project file; null for every other entry. */
export function gatewayTargetOf(spec: ReachableSpec): GatewayTarget | null {
  const words = gatewayWords(spec);
  if (words === null) return null;
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  const config = optionIn(options, '--config');
  const server = optionIn(options, '--server');
  return config === undefined || server === undefined ? null : { config, server };
}

/** What follows `gateway` where a command line runs ours. */
function gatewayWords(spec: ReachableSpec): readonly string[] | null {
  if (spec.kind !== 'stdio') return null;
  const words = commandWords(spec.command, spec.args);
  const at = words.indexOf('gateway');
  return at > 0 && isOurs(words.slice(0, at)) ? words.slice(at + 1) : null;
}

function isOurs(words: readonly string[]): boolean {
  const [command = '', ...args] = words;
  const launched = launchedPackage(command, args);
  if (launched !== null) return packageId(launched) === 'npm:policylayer';
  return words.length <= 2 && /^policylayer(?:\.js)?$/.test(programName(words.at(-1) ?? ''));
}

function optionIn(words: readonly string[], option: string): string | undefined {
  const joined = words.find((word) => word.startsWith(`${option}=`));
  if (joined !== undefined) return joined.slice(option.length + 1);
  const at = words.indexOf(option);
  return at < 0 ? undefined : words[at + 1];
}
