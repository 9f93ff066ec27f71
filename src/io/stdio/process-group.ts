/** Starts a program in a group of its own and ends that group, so that no process it started outlives it. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const isWindows = process.platform === 'win32';

/** How often a group that was told to end is looked at. */
const POLL_MS = 5;
/** How long the system may take to end a group that was killed. */
const KILL_GRACE_MS = 1000;

const live = new Set<number>();
let isHooked = false;

interface GroupOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/**
 * Starts a program. A process it starts that leaves the group (setsid) is not ended with it; servers that open a
 * browser so do it when a tool is called, and none is called here. Windows has no groups: there the processes below a
 * program are ended with it, but not those it left behind when it ended by itself.
 */
export function spawnGroup(
  command: string,
  args: readonly string[],
  { env, cwd }: GroupOptions,
): ChildProcessWithoutNullStreams {
  // On Windows npx and its like are .cmd files, which only a shell can run, and quoting for it is a craft.
  const start = isWindows ? (createRequire(import.meta.url)('cross-spawn') as typeof spawn) : spawn;
  const child = start(command, [...args], {
    env: { ...env },
    ...(cwd !== undefined && { cwd }),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: !isWindows,
    windowsHide: true,
  });
  if (child.pid !== undefined) live.add(child.pid);
  if (!isHooked) process.once('exit', killAllGroups);
  isHooked = true;
  return child;
}

/** How long a group may take to end before the next, harsher step. */
export interface Grace {
  readonly byItselfMs: number;
  readonly whenAskedMs: number;
}

/** Ends the group: waits for it to end by itself, then asks it to terminate, waits again, then kills it. */
export async function endGroup(child: ChildProcessWithoutNullStreams, grace: Grace): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (!(await isGone(child, pid, grace.byItselfMs))) {
    signalGroup(pid, 'SIGTERM');
    if (!(await isGone(child, pid, grace.whenAskedMs))) {
      signalGroup(pid, 'SIGKILL');
      await isGone(child, pid, KILL_GRACE_MS);
    }
  }
  live.delete(pid);
}

async function isGone(child: ChildProcessWithoutNullStreams, pid: number, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (groupIsAlive(child, pid)) {
    if (performance.now() >= end) return false;
    await sleep(POLL_MS);
  }
  return true;
}

function groupIsAlive(child: ChildProcessWithoutNullStreams, pid: number): boolean {
  if (child.exitCode === null && child.signalCode === null) return true;
  if (isWindows) return false;
  try {
    process.kill(-pid, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || hasRunningMember(pid);
}

/**
 * In a container whose first process does not reap orphans the dead stay in the process table for ever, and a signal
 * can still be sent to them.
 */
function hasRunningMember(group: number): boolean {
  return readdirSync('/proc').some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      // The name in parentheses may hold anything, so the fields are counted from the last ")".
      const fields = readFileSync(`/proc/${entry}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
      return Number(fields[2]) === group && fields[0] !== 'Z' && fields[0] !== 'X';
    } catch {
      return false;
    }
  });
}

function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (isWindows) {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

/** Our own end, whatever the reason, is theirs. */
function killAllGroups(): void {
  for (const pid of live) signalGroup(pid, 'SIGKILL');
}
