/** What keeps a person from signing in or out. */
import { UserError } from '../core/user-error.ts';

export const clientIdMissing = (option: string): UserError =>
  new UserError({
    code: 'CLIENT_ID_MISSING',
    message: `The option ${option} was given, but nothing would use it.`,
    because: 'It belongs to a client that was registered by hand.',
    hint: `Name that client with --client-id, or leave ${option} out.`,
  });

export const noUrl = (): UserError =>
  new UserError({
    code: 'NO_URL',
    message: 'Cannot tell which server is meant.',
    because: 'One signs in to a server behind a URL.',
    hint: 'Give its http(s):// URL.',
  });

export const noTerminal = (): UserError =>
  new UserError({
    code: 'NO_TERMINAL',
    message: 'Nobody is there to sign in.',
    because: 'A sign-in asks first and waits for the browser, so it needs a terminal.',
    hint: 'Run this at a terminal, or give "policylayer scan" a token with --token-env NAME or --header "Authorization: Bearer TOKEN".',
  });

export const notSignedIn = (address: string): UserError =>
  new UserError({
    code: 'NOT_SIGNED_IN',
    message: `There is no sign-in to ${address}.`,
    because: 'None is kept for this address, letter by letter.',
    hint: 'Run "policylayer auth list" to see those that are.',
  });
