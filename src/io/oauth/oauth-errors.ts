/** Why a sign-in to a server failed. One factory a situation. */
import { UserError } from '../../core/user-error.ts';

export const addressUnsafe = (server: string, address: string): UserError =>
  new UserError({
    code: 'ADDRESS_UNSAFE',
    message: `The server "${server}" names an address for the sign-in that is not safe.`,
    because: `It is ${address}; only https is, and plain http on this machine for a server that runs here.`,
    hint: 'Tell whoever runs the server; if it gives out tokens in another way, use one with --token-env NAME.',
  });

export const signInUnavailable = (server: string, because: string): UserError =>
  new UserError({
    code: 'SIGN_IN_UNAVAILABLE',
    message: `Could not begin the sign-in to the server "${server}".`,
    because,
    hint: 'Try again later, or give a token it accepts with --token-env NAME.',
  });

export const issuerMismatch = (server: string, because: string): UserError =>
  new UserError({
    code: 'ISSUER_MISMATCH',
    message: `The authorisation server of the server "${server}" is not who it should be.`,
    because,
    hint: 'Do not sign in; tell whoever runs the server.',
  });

export const signInDeclined = (server: string): UserError =>
  new UserError({
    code: 'SIGN_IN_DECLINED',
    message: `Nobody signed in to the server "${server}".`,
    because: 'The question whether the browser may be opened was answered with no.',
    hint: 'Run the command again to be asked again, or give a token with --token-env NAME.',
  });

export const signInRefused = (server: string, because: string): UserError =>
  new UserError({
    code: 'SIGN_IN_REFUSED',
    message: `The authorisation server refused the sign-in to the server "${server}".`,
    because,
    hint: 'Run the command again and allow access, or ask whoever runs the server for an account.',
  });

export const signInTimedOut = (server: string, minutes: number): UserError =>
  new UserError({
    code: 'SIGN_IN_TIMED_OUT',
    message: `Nobody signed in to the server "${server}".`,
    because: `The browser brought no answer within ${minutes} minutes.`,
    hint: 'Run the command again; from a browser on another machine, paste the address it ends at.',
  });

export const registrationRefused = (server: string, { because, address }: { because: string; address: string }) =>
  new UserError({
    code: 'REGISTRATION_REFUSED',
    message: `The authorisation server of the server "${server}" did not accept policylayer as a program.`,
    because,
    hint: `Register it there by hand and run "policylayer auth login --client-id ID ${address}", or use a token with --token-env NAME.`,
  });

export const tokenNotGiven = (server: string, because: string): UserError =>
  new UserError({
    code: 'TOKEN_NOT_GIVEN',
    message: `The sign-in to the server "${server}" ended without a token.`,
    because,
    hint: 'Run the command again; if that does not help, give a token with --token-env NAME.',
  });

export const signInOfNoUse = (server: string, because: string): UserError =>
  new UserError({
    code: 'SIGN_IN_OF_NO_USE',
    message: `You signed in, and the server "${server}" still denies access.`,
    because,
    hint: 'Check that the account you signed in with may use this server.',
  });

export const signInOver = (server: string, address: string): UserError =>
  new UserError({
    code: 'SIGN_IN_OVER',
    message: `Your sign-in to the server "${server}" is over.`,
    because: 'It could not be renewed: the server wants you to sign in again.',
    hint: `Run "policylayer scan ${address}" at a terminal, or give a token with --token-env NAME or --header "Authorization: Bearer TOKEN".`,
  });

export const signInNotRenewed = (server: string, because: string): UserError =>
  new UserError({
    code: 'SIGN_IN_NOT_RENEWED',
    message: `Could not renew the sign-in to the server "${server}".`,
    because,
    hint: 'Try again later; the sign-in you have is kept.',
  });

export const callbackPortTaken = (server: string, because: string): UserError =>
  new UserError({
    code: 'CALLBACK_PORT_TAKEN',
    message: `Cannot wait for the browser's answer to the sign-in to the server "${server}".`,
    because,
    hint: 'End the program that uses the port, or give another one with --callback-port that is registered there too.',
  });

export const signInsNotKept = (folder: string, because: string): UserError =>
  new UserError({
    code: 'SIGN_INS_NOT_KEPT',
    message: `Could not change the sign-ins that are kept in "${folder}".`,
    because,
    hint: 'Check the folder and who may write to it; POLICYLAYER_HOME names another one.',
  });
