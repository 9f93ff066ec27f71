/** Why a program could not be started, or did not stay to answer. One factory a situation. */
import { UserError } from '../../core/user-error.ts';

export const programNotFound = (server: string, command: string, hint: string): UserError =>
  new UserError({
    code: 'PROGRAM_NOT_FOUND',
    message: `Could not start the server "${server}".`,
    because: `The program "${command}" was not found.`,
    hint,
  });

export const programNotStarted = (server: string, because: string): UserError =>
  new UserError({
    code: 'PROGRAM_NOT_STARTED',
    message: `Could not start the server "${server}".`,
    because,
    hint: 'Check that the command is a program that you may run, and its arguments.',
  });

export const directoryNotFound = (server: string, directory: string): UserError =>
  new UserError({
    code: 'DIRECTORY_NOT_FOUND',
    message: `Could not start the server "${server}".`,
    because: `The working directory "${directory}" does not exist.`,
    hint: 'Create the directory, or give one that exists.',
  });

interface ExitParts {
  readonly because: string;
  readonly serverOutput: readonly string[];
}

export const packageNotFound = (server: string, { because, serverOutput }: ExitParts): UserError =>
  new UserError({
    code: 'PACKAGE_NOT_FOUND',
    message: `The package of the server "${server}" could not be found.`,
    because,
    hint: 'Check the spelling of its name and version; a private package needs access to its registry.',
    serverOutput,
  });

export const variableMissing = (server: string, names: readonly string[], parts: ExitParts): UserError =>
  new UserError({
    code: 'VARIABLE_MISSING',
    message: `The server "${server}" did not start without its settings.`,
    because: parts.because,
    hint: `Give it what it asks for: ${names.map((name) => `--env ${name}=...`).join(' ')} (to list tools, any text often does).`,
    serverOutput: parts.serverOutput,
  });

export const usagePrinted = (server: string, { because, serverOutput }: ExitParts): UserError =>
  new UserError({
    code: 'USAGE_PRINTED',
    message: `The server "${server}" printed how it is used and ended.`,
    because,
    hint: 'Add the sub-command or arguments it asks for behind the target.',
    serverOutput,
  });

export const programBroken = (server: string, { because, serverOutput }: ExitParts): UserError =>
  new UserError({
    code: 'PROGRAM_BROKEN',
    message: `The server "${server}" failed in its own code.`,
    because,
    hint: 'Check the path of the program, or try another version of the package, as in npm:PACKAGE@VERSION.',
    serverOutput,
  });

export const serverExited = (server: string, { because, serverOutput }: ExitParts): UserError =>
  new UserError({
    code: 'SERVER_EXITED',
    message: `The server "${server}" ended before it had answered.`,
    because,
    hint: 'Run its command by itself to see why, and check its arguments and environment.',
    serverOutput,
  });

export const serverDiedListing = (server: string, { because, serverOutput }: ExitParts): UserError =>
  new UserError({
    code: 'SERVER_DIED_LISTING',
    message: `The server "${server}" ended while it listed its tools.`,
    because,
    hint: 'Try again; if it ends again, the server is at fault, and its own output says where.',
    serverOutput,
  });
