import { closeSync, constants, createReadStream, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { UserError } from '../../core/user-error.ts';

/** Longer than any program takes to begin to write what fits into a pipe. */
const PATIENCE_MS = 30_000;

/** At the other end of these there is a program that somebody has just started. */
const OF_THE_SHELL = /^\/(?:dev|proc)\//;

interface OpenOptions {
  /** What messages call it. */
  readonly shown: string;
  readonly highWaterMark?: number;
  readonly patienceMs?: number;
}

/** A stream of what a file holds. One that waits for a pipe with a name breaks off in the end: maybe nobody writes into it. */
export async function openFile(path: string, options: OpenOptions): Promise<Readable> {
  const { shown, highWaterMark, patienceMs = PATIENCE_MS } = options;
  if (!(await stat(path)).isFIFO()) return createReadStream(path, highWaterMark === undefined ? {} : { highWaterMark });
  const { Socket } = await import('node:net');
  // A file would be opened and read on a thread that waits and cannot be told to stop.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const socket = new Socket({ fd, readable: true, writable: false });
    if (!OF_THE_SHELL.test(path)) socket.setTimeout(patienceMs, () => socket.destroy(pipeSilent(shown, patienceMs)));
    return socket;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

export const pipeSilent = (shown: string, patienceMs: number): UserError =>
  new UserError({
    code: 'PIPE_SILENT',
    message: `Could not read "${shown}".`,
    because: `It is a pipe, and nothing came through it for ${patienceMs / 1000} seconds.`,
    hint: 'Give a file, or see to it that something writes into the pipe and closes it.',
  });
