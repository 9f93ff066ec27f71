import { execFileSync } from 'node:child_process';

/** What a process holds in memory, in MB. */
export function residentMegabytes(pid = 0): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}
