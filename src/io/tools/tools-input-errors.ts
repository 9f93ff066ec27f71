/** Why tools could not be read from a file or from stdin. */
import type { JsonFault } from '../../core/json/locate-json-error.ts';
import { UserError } from '../../core/user-error.ts';
import { sentence } from '../innermost-message.ts';
import { systemErrorText } from '../system-error.ts';

const ACCEPTED = 'Give a tools/list result, a JSON-RPC response that holds one, a list of tools, or one tool a line.';

export const inputUnreadable = (name: string, cause: NodeJS.ErrnoException): UserError =>
  new UserError({
    code: 'INPUT_UNREADABLE',
    message: `Could not read "${name}".`,
    because: systemErrorText(cause),
    hint: 'Check that the file exists and that you may read it.',
  });

export const inputTooLarge = (name: string, maxBytes: number): UserError =>
  new UserError({
    code: 'INPUT_TOO_LARGE',
    message: `"${name}" is too large to be read as one JSON document.`,
    because: `It is larger than ${maxBytes} bytes.`,
    hint: 'Give one tool a line instead: lines are read one by one.',
  });

export const inputNotUtf8 = (name: string): UserError =>
  new UserError({
    code: 'INPUT_NOT_UTF8',
    message: `"${name}" is not text in UTF-8.`,
    because: 'Its bytes are not valid UTF-8; some shells on Windows write UTF-16.',
    hint: 'Save it as UTF-8.',
  });

export const inputEmpty = (name: string): UserError =>
  new UserError({
    code: 'INPUT_EMPTY',
    message: `"${name}" is empty.`,
    because: 'There is nothing but white space in it.',
    hint: ACCEPTED,
  });

export const inputNotJson = (name: string, fault: JsonFault): UserError =>
  new UserError({
    code: 'INPUT_NOT_JSON',
    message: `"${name}" is not JSON.`,
    because: `Line ${fault.line}, column ${fault.column}: expected ${fault.expected}, found ${fault.found}.`,
    hint: ACCEPTED,
  });

export const inputWithoutTools = (name: string, found: string): UserError =>
  new UserError({
    code: 'INPUT_WITHOUT_TOOLS',
    message: `"${name}" holds no tools.`,
    because: `It holds ${found}.`,
    hint: ACCEPTED,
  });

export const inputIsClientConfig = (name: string): UserError =>
  new UserError({
    code: 'INPUT_IS_CLIENT_CONFIG',
    message: `"${name}" holds no tools.`,
    because: 'It is the configuration of a client: it says how servers are reached.',
    hint: 'Run "policylayer scan NAME" with the name of a server in it; where "policylayer clients" does not find it, give the command of the server after "--".',
  });

export const inputIsError = (name: string, says: string): UserError =>
  new UserError({
    code: 'INPUT_IS_ERROR',
    message: `"${name}" holds the error of a server instead of its tools.`,
    because: sentence(says),
    hint: 'Ask the server again, and keep its answer to tools/list.',
  });
