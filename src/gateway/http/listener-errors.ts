import { UserError } from '../../core/user-error.ts';
import { hostAndPort, type ListenAddress } from './listen-address.ts';

export const portInUse = (address: string): UserError =>
  new UserError({
    code: 'PORT_IN_USE',
    message: `The gateway cannot listen at ${address}.`,
    because: 'Another program listens there already.',
    hint: 'Give another port; port 0 takes one that is free.',
  });

export const addressNotUsable = (address: string, because: string): UserError =>
  new UserError({
    code: 'ADDRESS_NOT_USABLE',
    message: `The gateway cannot listen at ${address}.`,
    because,
    hint: 'Give an address of this machine, such as 127.0.0.1, and a port above 1023.',
  });

export const grantsNeeded = (address: string): UserError =>
  new UserError({
    code: 'GRANTS_NEEDED',
    message: `The gateway does not listen at ${address}, where other machines reach it.`,
    because: 'There is no grant for any of its servers, so that nobody could be told from anybody.',
    hint: 'Make one with "policylayer grant add LABEL --server NAME", or listen at 127.0.0.1.',
  });

export function cannotListen(address: ListenAddress, { code, message }: NodeJS.ErrnoException): UserError {
  const shown = hostAndPort(address);
  return code === 'EADDRINUSE' ? portInUse(shown) : addressNotUsable(shown, `The system says: ${message}.`);
}
