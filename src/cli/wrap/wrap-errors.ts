/** Why nothing was put behind the gateway, or taken out from behind it. */
import { nearestNames } from '../../core/nearest-names.ts';
import { UserError } from '../../core/user-error.ts';

export const noProjectToWrap = (): UserError =>
  new UserError({
    code: 'NO_PROJECT_TO_WRAP',
    message: 'There is no policylayer.yaml here, so nothing was changed.',
    because: 'The gateway holds a server to its policy, and that file says which policy it is.',
    hint: 'Run "policylayer init" to write policies for your servers, or go to the directory that holds the file.',
  });

export const policyNotUsable = (server: string, policy: string): UserError =>
  new UserError({
    code: 'POLICY_NOT_USABLE',
    message: `The policy of "${server}" is not valid, so nothing was changed.`,
    because: `Behind the gateway the server would not start with "${policy}" as it is.`,
    hint: `Run "policylayer check ${policy}" to see what is wrong with it.`,
  });

export const serverNotInClient = (name: string, client: string, known: readonly string[]): UserError => {
  const near = nearestNames(name, known).map((one) => `"${one}"`);
  return new UserError({
    code: 'SERVER_NOT_IN_CLIENT',
    message: `${client} has no server "${name}", so nothing was changed.`,
    because: known.length === 0 ? 'Its configuration holds none.' : `Its configuration holds ${known.length} others.`,
    hint: `${near.length === 0 ? '' : `Did you mean ${near.join(' or ')}? `}Run "policylayer wrap" to see what there is.`,
  });
};

export const nothingToWrap = (client: string): UserError =>
  new UserError({
    code: 'NOTHING_TO_WRAP',
    message: `No server of ${client} could be put behind the gateway, so nothing was changed.`,
    because: 'None of its entries is a server that has a policy in policylayer.yaml.',
    hint: 'Run "policylayer init" to write policies for them, or "policylayer wrap" to see what there is.',
  });

export const nothingToUnwrap = (client: string): UserError =>
  new UserError({
    code: 'NOTHING_TO_UNWRAP',
    message: `Not every server of ${client} could be taken out from behind the gateway, and nothing was changed.`,
    because: 'What the entry was before is not known any more.',
    hint: 'Write the entry by hand, as the documentation of the server says.',
  });

export const agreementNeeded = (command: string): UserError =>
  new UserError({
    code: 'AGREEMENT_NEEDED',
    message: 'Nobody could be asked, so nothing was changed.',
    because: 'This is no terminal, and a configuration is not changed without a yes.',
    hint: `Look at the changes above, and run "policylayer ${command} ... --yes" to make them.`,
  });

export const clientNotNamed = (): UserError =>
  new UserError({
    code: 'CLIENT_NOT_NAMED',
    message: 'No client was named, so nothing was changed.',
    because: 'Servers are taken out from behind the gateway client by client.',
    hint: 'Name one, as in "policylayer unwrap cursor", or give --all.',
  });

export const clientAndAll = (): UserError =>
  new UserError({
    code: 'CLIENT_AND_ALL',
    message: 'Either one client is named or all are meant, so nothing was changed.',
    because: 'A client was named and --all was given as well.',
    hint: 'Leave --all out for the client that is named, or leave the name out for all of them.',
  });
