import { UserError } from '../../core/user-error.ts';

/** A thread ends by itself for two reasons only: it has no memory left, or a mistake of ours, which stays what it is. */
export function threadDied(cause?: Error & { readonly code?: string }): Error {
  return cause === undefined || cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? threadWithoutMemory() : cause;
}

export const threadWithoutMemory = (): UserError =>
  new UserError({
    code: 'THREAD_WITHOUT_MEMORY',
    message: 'Not all of the input was judged.',
    because: 'A thread of the program ended, most likely because a line took more memory than there is.',
    hint: 'Look at the first line without an answer, or give Node.js more memory as in NODE_OPTIONS=--max-old-space-size=4096.',
  });
