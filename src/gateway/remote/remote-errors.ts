/** Why a server elsewhere did not answer a request that came through the gateway. One factory a situation. */
import { UserError } from '../../core/user-error.ts';

export const signInWanted = (server: string, { because, address }: { because: string; address: string }): UserError =>
  new UserError({
    code: 'SIGN_IN_WANTED',
    message: `The server "${server}" wants to know who asks.`,
    because,
    hint: `Sign in with "policylayer auth login ${address}", which holds from the next request on, or give the gateway a token with --token-env NAME or a header with --header.`,
  });

export const givenTokenRefused = (server: string, because: string): UserError =>
  new UserError({
    code: 'GIVEN_TOKEN_REFUSED',
    message: `The server "${server}" did not accept the credentials it was given.`,
    because,
    hint: 'Check the token that the gateway was given for it, and start the gateway anew.',
  });

export const askedToWait = (server: string, { because, seconds }: { because: string; seconds: string }): UserError =>
  new UserError({
    code: 'ASKED_TO_WAIT',
    message: `The server "${server}" refused the request.`,
    because,
    hint: `It asks to be tried again after ${seconds} seconds.`,
  });

export const sessionEnded = (server: string): UserError =>
  new UserError({
    code: 'SESSION_ENDED',
    message: `The server "${server}" has ended the session, and what it remembered of it is lost.`,
    because: 'This request was not carried out.',
    hint: 'The next request begins a new session.',
  });

export const sessionNotRenewed = (server: string, because: string): UserError =>
  new UserError({
    code: 'SESSION_NOT_RENEWED',
    message: `The server "${server}" has ended the session, and began no new one.`,
    because,
    hint: 'Try again later, or start the gateway anew.',
  });

export const brokeOff = (server: string, because: string): UserError =>
  new UserError({
    code: 'BROKE_OFF',
    message: `The server "${server}" broke off before it answered.`,
    because,
    hint: 'Whether it did what it was asked is not known: look before you ask again.',
  });

export const answerTooLarge = (server: string, maxBytes: number): UserError =>
  new UserError({
    code: 'ANSWER_TOO_LARGE',
    message: `The server "${server}" answered with more than the gateway passes on.`,
    because: `A message has at most ${maxBytes} bytes.`,
    hint: 'It may have done what it was asked: look before you ask again, and ask for less.',
  });

export const nothingAnswered = (server: string, because: string): UserError =>
  new UserError({
    code: 'NOTHING_ANSWERED',
    message: `The server "${server}" took the request and gave no answer to it.`,
    because,
    hint: 'Check that the address is that of an MCP server.',
  });

export const tooManyOpen = (server: string, max: number): UserError =>
  new UserError({
    code: 'TOO_MANY_OPEN',
    message: `Too many requests wait for the server "${server}".`,
    because: `At most ${max} are open at a time.`,
    hint: 'Wait for their answers first.',
  });
