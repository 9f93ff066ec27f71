import { replaceSecrets } from '../secrets/secret-looking.ts';
import type { HttpSpec, StdioSpec } from '../server/server-spec.ts';
import { hideInAddress } from './hide-in-address.ts';
import { type HeldServer, openedSpec } from './opened-spec.ts';
import { placeholder, placeholdersIn } from './placeholder.ts';
import type { ProjectServer } from './project.ts';
import { type SecretNames, secretNames } from './secret-names.ts';

/** What the project file adds to a server. */
export interface ProjectAdditions {
  /** Relative to the project file. */
  readonly policy?: string;
  readonly clients?: readonly string[];
}

/**
 * A server as the project file holds it. Values of its environment and headers are never written, and neither is what
 * looks like a secret in its arguments or its address: a placeholder stands for each.
 */
export function projectServerOf(name: string, held: HeldServer, additions: ProjectAdditions = {}): ProjectServer {
  const spec = openedSpec(name, held);
  const names = secretNames(name, spec.kind === 'stdio' ? Object.keys(spec.env) : []);
  const { policy, clients } = additions;
  return {
    ...(spec.kind === 'stdio' ? commandServer(spec, names) : remoteServer(spec, names)),
    ...(policy !== undefined && { policy }),
    ...(clients !== undefined && clients.length > 0 && { clients: [...clients] }),
  };
}

function commandServer({ command, args, env, cwd }: StdioSpec, names: SecretNames): ProjectServer {
  const [program = '', ...words] = replaceSecrets([command, ...args], {
    secret: names.hide,
    address: (address) => hideInAddress(address, names),
  });
  const variables = Object.keys(env)
    .filter(isUsable)
    .map((name) => [name, placeholderFor(name, names)] as const);
  return {
    command: program,
    ...(words.length > 0 && { args: words }),
    ...(variables.length > 0 && { env: Object.fromEntries(variables) }),
    ...(cwd !== undefined && { cwd }),
  };
}

/** The one name that a project file refuses; no server asks for it. */
const isUsable = (name: string): boolean => name !== '__proto__';

/** A variable is asked for by its own name, where that can be written in a placeholder. */
function placeholderFor(name: string, names: SecretNames): string {
  const own = placeholder(name);
  return placeholdersIn(own).includes(name) ? own : names.hide(name, name);
}

function remoteServer({ url, headers }: HttpSpec, names: SecretNames): ProjectServer {
  const hidden = Object.keys(headers)
    .filter(isUsable)
    .map((name) => [name, hideInHeader(name, headers[name] ?? '', names)] as const);
  return {
    url: hideInAddress(url, names),
    ...(hidden.length > 0 && { headers: Object.fromEntries(hidden) }),
  };
}

/** How a credential is given ("Bearer") is no secret; the rest of any header could be. */
function hideInHeader(name: string, value: string, names: SecretNames): string {
  const [, scheme = '', credential = ''] = /^((?:Bearer|Basic|Token|ApiKey)\s+)?(.*)$/is.exec(value) ?? [];
  return scheme + names.hide(credential, name.toLowerCase() === 'authorization' ? 'token' : name);
}
