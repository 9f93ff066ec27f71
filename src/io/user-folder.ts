import { join, posix, win32 } from 'node:path';

/** What of a machine says where its user keeps things. */
export interface UserPlace {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** Where policylayer keeps what belongs to one user; POLICYLAYER_HOME, where it is set, is that folder itself. */
export function userFolder({ env, platform, home }: UserPlace): string {
  if (env.POLICYLAYER_HOME) return env.POLICYLAYER_HOME;
  if (platform === 'win32') return win32.join(env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'policylayer');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'policylayer');
  // A relative XDG_DATA_HOME does not count, says the specification.
  const data = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : join(home, '.local', 'share');
  return join(data, 'policylayer');
}
