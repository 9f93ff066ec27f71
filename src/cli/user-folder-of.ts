import { homedir } from 'node:os';
import { userFolder } from '../io/user-folder.ts';

/** Where policylayer keeps what belongs to whoever runs it. */
export function userFolderOf(env: NodeJS.ProcessEnv): string {
  return userFolder({ env, platform: process.platform, home: homedir() });
}
