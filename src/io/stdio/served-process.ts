import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { StdioSpec } from '../../core/server/server-spec.ts';
import type { UserError } from '../../core/user-error.ts';
import { explainStartFailure } from './explain-stdio-failure.ts';
import { guardGroup } from './group-guard.ts';
import { endGroup, type Grace, spawnGroup } from './process-group.ts';
import type { ServedServer } from './served-server.ts';
import type { Exit } from './server-process.ts';

/** A server that runs here, as a process of ours. */
export interface ServedProcess extends ServedServer {
  readonly stderr: Readable;
  /** How many bytes wait for it to read them. */
  readonly unread: number;
  /** Tells it that nothing more comes. */
  closeStdin(): void;
}

/** Starts a server. Throws UserError where its program cannot be started. */
export async function openServedProcess(
  spec: StdioSpec,
  env: Readonly<Record<string, string>>,
  redact: (text: string) => string,
): Promise<ServedProcess> {
  const child = await started(spec, env, redact);
  // A broken pipe is part of a server's end, and that is reported as its exit.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => {});
  const exit = new Promise<Exit>((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })));
  const letGo = guardGroup(child.pid ?? 0);
  let ending: Promise<void> | null = null;
  const endWithin = (grace: Grace): Promise<void> => {
    ending ??= endGroup(child, grace).then(letGo);
    return ending;
  };
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    get unread() {
      return child.stdin.writableLength;
    },
    exit,
    async write(bytes, lost) {
      const { stdin } = child;
      if (!stdin.writable) return lost();
      const hasRoom = stdin.write(bytes, (error) => {
        if (error) lost();
      });
      if (!hasRoom && !stdin.destroyed)
        await Promise.race([once(stdin, 'drain'), once(stdin, 'close')]).catch(() => {});
    },
    closeStdin: () => void child.stdin.end(),
    endBy(signal, grace) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return endWithin(grace);
    },
    end(grace) {
      child.stdin.end();
      return endWithin(grace);
    },
  };
}

function started(
  spec: StdioSpec,
  env: Readonly<Record<string, string>>,
  redact: (text: string) => string,
): Promise<ChildProcessWithoutNullStreams> {
  return new Promise((resolve, reject: (failure: UserError) => void) => {
    const fail = (error: unknown): void => reject(explainStartFailure(spec, error as NodeJS.ErrnoException, redact));
    try {
      const { cwd } = spec;
      const child = spawnGroup(spec.command, spec.args, { env, ...(cwd !== undefined && { cwd }) });
      child.on('spawn', () => resolve(child));
      child.on('error', fail);
    } catch (error) {
      // Arguments that no program can be given are thrown.
      fail(error);
    }
  });
}
