/** Why `init` could not go on. Each says that nothing was written. */
import { UserError } from '../../core/user-error.ts';

const MAX_NAMED = 20;

export const noServersFound = (paths: number): UserError =>
  new UserError({
    code: 'NO_SERVERS_FOUND',
    message: 'No client on this machine holds a server, so nothing was written.',
    because: `None of the ${paths} places where clients keep servers names one.`,
    hint: 'Run "policylayer clients" to see where was looked, or "policylayer scan" with a server of your own.',
  });

export const noServersLeft = (wanted: string): UserError =>
  new UserError({
    code: 'NO_SERVERS_LEFT',
    message: 'None of the servers found is one that was asked for, so nothing was written.',
    because: `Asked for: ${wanted}.`,
    hint: 'Run "policylayer init" alone to see what there is.',
  });

export function unknownNames(option: string, unknown: readonly string[], known: readonly string[]): UserError {
  const list = (names: readonly string[]): string =>
    [...names.slice(0, MAX_NAMED).map((name) => `"${name}"`), ...(names.length > MAX_NAMED ? ['...'] : [])].join(', ');
  return new UserError({
    code: 'UNKNOWN_NAMES',
    message: `The option ${option} names what was not found, so nothing was written.`,
    because: `There is no ${list(unknown)}.`,
    hint: `Give ${option} with what is there: ${list(known)}.`,
  });
}

export const notAgreed = (): UserError =>
  new UserError({
    code: 'NOT_AGREED',
    message: 'Nothing was started and nothing was written.',
    because: 'There is no terminal at which somebody could be asked.',
    hint: 'Give --yes to start the servers that "would scan" and to write what is recommended; --servers names others.',
  });

export const nothingChosen = (): UserError =>
  new UserError({
    code: 'NOTHING_CHOSEN',
    message: 'No server was chosen, so nothing was written.',
    because: 'None is both ready to be started and from a configuration of your own.',
    hint: 'Look at the command lines above, and name those that may be started with --servers.',
  });

export const nothingListed = (): UserError =>
  new UserError({
    code: 'NOTHING_LISTED',
    message: 'None of the servers could be listed, so nothing was written.',
    because: 'Each failed for the cause above.',
    hint: 'Correct what the causes say, and run the same command again.',
  });
