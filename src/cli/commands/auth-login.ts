import { type Command, InvalidArgumentError } from 'commander';
import { defaultTimeoutMs } from '../../core/server/launcher.ts';
import { signIn } from '../../workflows/sign-in.ts';
import { clientIdMissing, noTerminal } from '../auth-errors.ts';
import type { Invocation } from '../invocation.ts';
import { secretIn } from '../targets/pairs.ts';
import { remoteServer } from '../targets/remote-server.ts';
import { personAt } from '../terminal/person-at.ts';
import { userFolderOf } from '../user-folder-of.ts';

interface LoginFlags {
  readonly clientId?: string;
  readonly clientSecretEnv?: string;
  readonly callbackPort?: number;
}

/** `policylayer auth login`: signs in now, and anew where one is signed in. */
export function addAuthLoginCommand(command: Command, { terminal }: Invocation): void {
  command
    .description('sign in to a server in the browser')
    .argument('<url>', 'the http(s):// URL of the server')
    .option('--client-id <id>', 'a client registered there by hand, or the https URL of a client metadata document')
    .option('--client-secret-env <name>', 'the environment variable that holds the secret of that client')
    .option('--callback-port <port>', 'where the browser comes back to, if that was registered too', parsePort)
    .action(async (url: string, { clientId: id, clientSecretEnv, callbackPort }: LoginFlags) => {
      const spec = remoteServer(url);
      const secret = clientSecretEnv && secretIn(clientSecretEnv, '--client-secret-env', terminal.env);
      if (id === undefined && secret !== undefined) throw clientIdMissing('--client-secret-env');
      if (id === undefined && callbackPort !== undefined) throw clientIdMissing('--callback-port');
      if (!terminal.isInteractive) throw noTerminal();
      const wasAsked = await signIn(spec, {
        person: personAt(terminal, { pause: () => {}, resume: () => {} }),
        userFolder: userFolderOf(terminal.env),
        signal: terminal.signal,
        timeoutMs: defaultTimeoutMs(spec),
        ...(id !== undefined && { ownClient: { id, secret, callbackPort } }),
      });
      terminal.note(wasAsked ? `Signed in to ${spec.name}.` : `${spec.name} lists its tools without a sign-in.`);
    });
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('It is not a port between 1 and 65535.');
  return port;
}
