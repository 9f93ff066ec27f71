import type { Finding } from '../core/finding.ts';
import type { Problem } from '../core/report.ts';
import type { UserError } from '../core/user-error.ts';
import { packageVersion } from '../io/package-version.ts';
import { printable } from '../render/text/printable.ts';

const MAX_LINE_CHARS = 600;

type ErrorParts = Pick<Problem, 'message' | 'cause' | 'hint' | 'serverOutput'>;

/** What happened, why, and what to do next; between them what the server said last. */
export function problemText({ message, cause, hint, serverOutput }: ErrorParts): string {
  const line = (text: string): string => printable(text, { maxChars: MAX_LINE_CHARS });
  const [only = '', ...further] = serverOutput;
  const isQuoted = further.length === 0 && cause.includes(only);
  return [
    `error: ${line(message)}`,
    `cause: ${line(cause)}`,
    ...(isQuoted ? [] : serverOutput).map((said) => `       | ${line(said)}`),
    `hint:  ${line(hint)}`,
  ].join('\n');
}

export function errorText({ message, because, hint, serverOutput }: UserError): string {
  return problemText({ message, cause: because, hint, serverOutput: [...serverOutput] });
}

/** Why a server's list is not whole. */
export function gapText(server: string, { level, message }: Finding): string {
  return printable(`${level}: ${server}: ${message}`, { maxChars: MAX_LINE_CHARS });
}

/** Why a policy may not fit a server of which not all tools were seen. */
export function unseenText(file: string, server: string): string {
  return printable(`warning: ${file}: not all tools of ${server} could be seen, so it may not fit the others.`, {
    maxChars: MAX_LINE_CHARS,
  });
}

/** A line without a tool, in a list with one tool a line. */
export function brokenLineText(name: string, { number, fault }: { number: number; fault: string }): string {
  return printable(`error: ${name}: Line ${number} could not be read. ${fault}.`, { maxChars: MAX_LINE_CHARS });
}

/** Anything that is no UserError is our mistake. */
export function bugText(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const version = `policylayer ${packageVersion()}, Node.js ${process.version}`;
  return `${stack}\n\nThis is a bug in policylayer. Please report it with the lines above (${version}).`;
}
