import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { printable } from '../../render/text/printable.ts';
import type { Invocation } from '../invocation.ts';
import { collect } from '../options.ts';
import { readValidPolicy } from '../state/read-valid-policy.ts';
import { grantExists, grantWithoutServer } from '../state/state-command-errors.ts';
import { type StateFlags, stateOption, withState } from '../state/state-place.ts';
import { unknownServers } from '../state/unknown-servers.ts';

interface AddFlags extends StateFlags {
  readonly server?: readonly string[];
  readonly policy?: string;
  readonly json?: boolean;
}

/** `policylayer grant add`: a caller with a token of its own, which is printed this once. */
export function addGrantAddCommand(command: Command, { terminal }: Invocation): void {
  command
    .description('give a caller a token; it is printed once, and only its hash is kept')
    .argument('<label>', 'what you call it, for example alice-laptop', parseLabel)
    .option('--server <name>', 'a server it may call; may be repeated', collect)
    .option('--policy <file>', 'the policy it lives under; without it that of the server')
    .addOption(stateOption())
    .option('--json', 'as JSON')
    .action(async (label: string, { server: servers = [], policy, json, ...flags }: AddFlags) => {
      if (servers.length === 0) throw grantWithoutServer(label);
      if (policy !== undefined) await readValidPolicy(policy);
      const request = { label, servers, policy: policy === undefined ? null : resolve(policy) };
      await withState(terminal, flags, async ({ grants }) => {
        const added = await grants.add(request);
        if (added === null) throw grantExists(label);
        await terminal.out(json ? `${JSON.stringify({ ...request, ...added }, null, 2)}\n` : `${added.token}\n`);
      });
      for (const server of await unknownServers(servers, terminal.machine))
        terminal.note(
          `warning: policylayer.yaml has no server "${printable(server)}"; the grant is for a gateway that calls one so.`,
        );
      terminal.note(`Keep the token: it is not shown again. The client sends it as "Authorization: Bearer <token>".`);
    });
}

/** It is printed in tables and written to the audit log, where `local` is the caller over stdio. */
function parseLabel(label: string): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._@:-]{0,63}$/u.test(label) || label === 'local')
    throw new InvalidArgumentError(
      'It has to be 1 to 64 letters, digits, or . _ @ : -, begin with a letter or digit, and not be "local".',
    );
  return label;
}
