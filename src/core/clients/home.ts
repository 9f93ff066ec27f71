import type { System } from './client.ts';
import type { Machine } from './machine.ts';

/** A home folder that clients keep their settings in: one's own, or under WSL one of Windows. */
export interface Home {
  readonly folder: string;
  readonly system: System;
  /** Where the paths of the system itself begin. */
  readonly root: string;
  /** Null for another's home: what is set here says nothing about there. */
  readonly env: Machine['env'] | null;
}

export function ownHome({ home, platform, env, root = '' }: Machine): Home {
  return { folder: home, system: systemOf(platform), root, env };
}

/** A home of Windows as WSL sees it. */
export function windowsHome(folder: string): Home {
  return { folder, system: 'windows', root: '', env: null };
}

function systemOf(platform: NodeJS.Platform): System {
  return platform === 'darwin' ? 'mac' : platform === 'win32' ? 'windows' : 'linux';
}
