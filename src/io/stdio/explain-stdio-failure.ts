import { existsSync } from 'node:fs';
import { launchedPackage, programName } from '../../core/server/launcher.ts';
import type { StdioSpec } from '../../core/server/server-spec.ts';
import type { UserError } from '../../core/user-error.ts';
import { innermostMessage, sentence } from '../innermost-message.ts';
import { type AnswerContext, explainAnswer } from '../session/explain-answer.ts';
import { RefusedRequest, UnreadableAnswer } from '../session/session.ts';
import { isSystemError, systemErrorText } from '../system-error.ts';
import { childEnvironment } from './child-environment.ts';
import { missingVariables, saysBroken, saysPackageNotFound, saysUsage, tellingLine } from './last-words.ts';
import type { Exit } from './server-process.ts';
import {
  directoryNotFound,
  packageNotFound,
  programBroken,
  programNotFound,
  programNotStarted,
  serverDiedListing,
  serverExited,
  usagePrinted,
  variableMissing,
} from './stdio-errors.ts';

interface StdioContext extends AnswerContext {
  readonly startFailure: NodeJS.ErrnoException | null;
  readonly exit: Exit | null;
}

/** Where a program that is often missing comes from. */
const INSTALL_HINTS: ReadonlyMap<string, string> = new Map([
  ['npx', 'Install Node.js, which brings npx, or give an absolute path.'],
  ['npm', 'Install Node.js, which brings npm, or give an absolute path.'],
  ['node', 'Install Node.js, or give an absolute path.'],
  ['uvx', 'Install uv, which brings uvx, or give an absolute path.'],
  ['uv', 'Install uv, or give an absolute path.'],
  ['docker', 'Install Docker, or give an absolute path.'],
]);

/** What the failure of a program we started means for the person. */
export function explainStdioFailure(spec: StdioSpec, error: unknown, context: StdioContext): UserError {
  const { startFailure, exit, isFlooded, redact } = context;
  if (startFailure !== null) return explainStartFailure(spec, startFailure, redact);
  // Some refuse and then end: what they said tells more than that they went.
  const hasAnswered = error instanceof RefusedRequest || error instanceof UnreadableAnswer;
  if (isFlooded || hasAnswered || exit === null) return explainAnswer(spec.name, error, context);
  return explainExit(spec, exit, context);
}

/** Why a program could not be started. */
export function explainStartFailure(
  { name, command, cwd }: StdioSpec,
  failure: NodeJS.ErrnoException,
  redact: (text: string) => string,
): UserError {
  // A missing working directory is reported by the system as if the program were missing.
  if (failure.code === 'ENOENT' && cwd !== undefined && !existsSync(cwd)) return directoryNotFound(name, cwd);
  if (failure.code !== 'ENOENT') {
    const because = isSystemError(failure) ? systemErrorText(failure) : innermostMessage(failure);
    return programNotStarted(name, sentence(redact(because)));
  }
  return programNotFound(name, redact(command), whereToFind(command));
}

function whereToFind(command: string): string {
  // A shell would have taken it for a variable; there is no shell here.
  if (/^\w+=/.test(command)) return 'Give variables before the "--", as in --env NAME=VALUE.';
  return INSTALL_HINTS.get(programName(command)) ?? 'Check its spelling, install it, or give an absolute path.';
}

function explainExit(spec: StdioSpec, exit: Exit, { isListing, lastWords }: StdioContext): UserError {
  const ended = exit.signal === null ? `It exited with code ${exit.code}` : `It was ended by ${exit.signal}`;
  const telling = tellingLine(lastWords);
  const parts = {
    because: telling === null ? `${ended}.` : `${ended}, saying: ${sentence(telling)}`,
    serverOutput: lastWords,
  };
  if (isListing) return serverDiedListing(spec.name, parts);
  const isLaunched = launchedPackage(spec.command, spec.args) !== null;
  if (isLaunched && saysPackageNotFound(lastWords)) return packageNotFound(spec.name, parts);
  const missing = missingVariables(lastWords, childEnvironment(spec.env, process.env));
  if (missing.length > 0) return variableMissing(spec.name, missing, parts);
  if (saysBroken(lastWords)) return programBroken(spec.name, parts);
  if (saysUsage(lastWords)) return usagePrinted(spec.name, parts);
  return serverExited(spec.name, parts);
}
