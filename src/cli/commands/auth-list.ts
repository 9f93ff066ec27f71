import type { Command } from 'commander';
import { signInStore } from '../../io/oauth/sign-in-store.ts';
import { renderSignIns } from '../../render/gateway/sign-ins.ts';
import type { Invocation } from '../invocation.ts';
import { userFolderOf } from '../user-folder-of.ts';

/** `policylayer auth list`: which servers one is signed in to. Shows no token. */
export function addAuthListCommand(command: Command, { terminal }: Invocation): void {
  command
    .description('list the servers you signed in to')
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const records = await signInStore(userFolderOf(terminal.env)).list();
      const signIns = records.map(({ server, tokens, expiresAt }) => ({
        server,
        authorizationServer: tokens.issuer,
        tokenUntil: expiresAt === null ? null : new Date(expiresAt).toISOString(),
        renewable: tokens.refresh_token !== undefined,
      }));
      await terminal.out(json ? `${JSON.stringify(signIns, null, 2)}\n` : renderSignIns(signIns));
      if (signIns.length === 0 && !json) terminal.note('You are signed in to no server.');
    });
}
