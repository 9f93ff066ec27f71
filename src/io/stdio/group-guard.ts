import { spawn } from 'node:child_process';

/** A second is what a client, too, gives a server between asking and killing. */
const SCRIPT =
  'read -r word; test "$word" = ended || { kill -s TERM -- "-$1"; sleep 1; kill -s KILL -- "-$1"; } 2>/dev/null';

/**
 * Ends a group of processes when this process is gone, however that came about: nobody can react to SIGKILL, so that a
 * shell waits at a pipe which the system closes then. Returns how to let go of a group that has ended; its number may be
 * given to another one. Windows has neither groups nor a shell for it.
 */
export function guardGroup(group: number): () => void {
  if (process.platform === 'win32') return () => {};
  const guard = spawn('sh', ['-c', SCRIPT, 'policylayer-guard', String(group)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // What is meant for us from the keyboard must not end it first.
    detached: true,
    cwd: '/',
    env: { PATH: process.env.PATH },
  });
  guard.on('error', () => {});
  guard.stdin.on('error', () => {});
  guard.unref();
  return () => void guard.stdin.end('ended\n');
}
