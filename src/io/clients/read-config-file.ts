import { readFile, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { ConfigDocument } from '../../core/clients/config-document.ts';
import { isSystemError, systemErrorText } from '../system-error.ts';
import { BrokenConfig } from './broken-config.ts';
import { parseConfig } from './parse-config.ts';

/** Clients keep more than servers in some of these files; what is larger than this nobody wrote or needs. */
const MAX_BYTES = 16 * 1024 * 1024;

export type ConfigFileRead =
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly because: string }
  | { readonly state: 'read'; readonly document: ConfigDocument; readonly text: string };

/** Reads a config file that lies in `boundary`, links resolved. Never throws for what a file holds or is. */
export async function readConfigFile(path: string, boundary: string): Promise<ConfigFileRead> {
  try {
    // Asked before it is opened: to open a pipe is to wait for whoever writes into it.
    const entry = await stat(path);
    if (entry.isDirectory()) return { state: 'absent' };
    if (!entry.isFile()) return unreadable('It is no file.');
    if (entry.size > MAX_BYTES) return unreadable(`It is larger than ${MAX_BYTES / 1024 / 1024} MB.`);
    if (!(await liesIn(path, boundary))) return unreadable('It is a link that leads elsewhere, and is not followed.');
    const text = await readFile(path, 'utf8');
    return { state: 'read', document: await parseConfig(path, text), text };
  } catch (error) {
    if (error instanceof BrokenConfig) return unreadable(error.message);
    if (error instanceof RangeError) return unreadable('It is nested too deep.');
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' || error.code === 'ENOTDIR'
      ? { state: 'absent' }
      : unreadable(systemErrorText(error));
  }
}

const unreadable = (because: string): ConfigFileRead => ({ state: 'unreadable', because });

async function liesIn(path: string, boundary: string): Promise<boolean> {
  const [file, folder] = await Promise.all([realpath(path), realpath(boundary)]);
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
