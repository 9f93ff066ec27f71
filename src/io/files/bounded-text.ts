import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { UserError } from '../../core/user-error.ts';
import { isSystemError, systemErrorText } from '../system-error.ts';
import { openFile } from './open-file.ts';
import { withoutByteOrderMark } from './read-lines.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The text of a file that people write. Throws UserError where it cannot be read, is too large, or is not UTF-8; `shown`
 * is what messages call it.
 */
export async function readTextFile(path: string, shown = path): Promise<string> {
  return readText(await openFile(path, { shown }).catch(told(shown)), shown);
}

/** The same of any stream; `name` is what messages call it. */
export async function readText(stream: Readable, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_BYTES) throw textUnreadable(name, `It is larger than ${MAX_BYTES} bytes.`);
    }
  } catch (error) {
    told(name)(error);
  }
  const whole = Buffer.concat(chunks);
  if (!isUtf8(whole)) throw textUnreadable(name, 'Its bytes are not valid UTF-8.');
  return withoutByteOrderMark(whole.toString('utf8'));
}

const told =
  (name: string) =>
  (error: unknown): never => {
    throw isSystemError(error) ? textUnreadable(name, systemErrorText(error)) : error;
  };

export const textUnreadable = (name: string, because: string): UserError =>
  new UserError({
    code: 'TEXT_UNREADABLE',
    message: `Could not read "${name}".`,
    because,
    hint: 'Check that it is the file you mean, in UTF-8, and that you may read it.',
  });
