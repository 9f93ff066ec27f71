import type { Command } from 'commander';
import { maskAddress } from '../../core/secrets/secret-looking.ts';
import { signInStore } from '../../io/oauth/sign-in-store.ts';
import type { Invocation } from '../invocation.ts';
import { remoteServer } from '../targets/remote-server.ts';
import { userFolderOf } from '../user-folder-of.ts';

/** `policylayer auth logout`: forgets the tokens for a server on this machine. */
export function addAuthLogoutCommand(command: Command, { terminal }: Invocation): void {
  command
    .description('forget the tokens for a server; they stay valid there until their time is over')
    .argument('<url>', 'the http(s):// URL of the server')
    .action(async (url: string) => {
      const spec = remoteServer(url);
      const address = maskAddress(spec.url);
      if (!(await signInStore(userFolderOf(terminal.env)).remove(spec.url)))
        throw (await import('../auth-errors.ts')).notSignedIn(address);
      terminal.note(`Forgot the sign-in to ${address}.`);
    });
}
