/** Why a server that was reached could not be listed, however it was reached. One factory a situation. */
import { UserError } from '../../core/user-error.ts';

export const listingInterrupted = (server: string): UserError =>
  new UserError({
    code: 'LISTING_INTERRUPTED',
    message: `Listing the server "${server}" was interrupted.`,
    because: 'It was cancelled; everything that was started has ended.',
    hint: 'Run the command again and let it finish: an interrupted run leaves nothing to go on from.',
  });

interface TimedOutParts {
  readonly timeoutMs: number;
  readonly doing: string;
  readonly serverOutput: readonly string[];
}

export const serverTimedOut = (server: string, { timeoutMs, doing, serverOutput }: TimedOutParts): UserError =>
  new UserError({
    code: 'SERVER_TIMED_OUT',
    message: `The server "${server}" did not answer within ${timeoutMs / 1000} second${timeoutMs === 1000 ? '' : 's'}.`,
    because: `The time was up while ${doing}.`,
    hint: 'Give it more time with --timeout, and check that whatever it depends on can be reached from here.',
    serverOutput,
  });

/** A program that was waited for in vain, and that wrote other things where the protocol is spoken. */
export const otherThingsSpoken = (
  server: string,
  { timeoutMs, serverOutput }: Omit<TimedOutParts, 'doing'>,
): UserError =>
  new UserError({
    code: 'OTHER_THINGS_SPOKEN',
    message: `The server "${server}" does not speak MCP over stdio.`,
    because: `Within ${timeoutMs / 1000} second${timeoutMs === 1000 ? '' : 's'} it wrote nothing to stdout that is part of the protocol, but other things.`,
    hint: 'Check that the command starts an MCP server: some want to be told that it is to use stdio, and one that tells where it listens is reached by that URL.',
    serverOutput,
  });

interface AnswerParts {
  readonly because: string;
  readonly serverOutput: readonly string[];
}

export const handshakeRefused = (server: string, { because, serverOutput }: AnswerParts): UserError =>
  new UserError({
    code: 'HANDSHAKE_REFUSED',
    message: `The server "${server}" refused the connection.`,
    because,
    hint: 'Check the arguments, environment and credentials it was given.',
    serverOutput,
  });

export const toolsNotListed = (server: string, { because, serverOutput }: AnswerParts): UserError =>
  new UserError({
    code: 'TOOLS_NOT_LISTED',
    message: `The server "${server}" answered, but could not list its tools.`,
    because,
    hint: 'Check its credentials and that its own back end can be reached from here.',
    serverOutput,
  });

export const answerNotUnderstood = (server: string, { because, serverOutput }: AnswerParts): UserError =>
  new UserError({
    code: 'ANSWER_NOT_UNDERSTOOD',
    message: `The server "${server}" did not answer as MCP demands.`,
    because,
    hint: 'Check that the target is an MCP server, and try another version of it.',
    serverOutput,
  });

export const serverFlooded = (server: string, { because, serverOutput }: AnswerParts): UserError =>
  new UserError({
    code: 'SERVER_FLOODED',
    message: `The server "${server}" sent more than anybody could mean as a list of tools.`,
    because,
    hint: 'Check that the target is an MCP server; what it sent was thrown away.',
    serverOutput,
  });
